import { formatCount, formatRate, formatSeconds } from "@/app/_ui/format";
import type { GoalAnswer } from "@/lib/http/goal-answers";

interface Measure {
  name: string;
  /** What is written in the form's field. */
  asked: string;
  /** Of the metric's own unit in one of what is written. */
  factor: number;
  format: (value: number | null) => string;
  /** What n counts. */
  of: string;
}

const perDay = (value: number | null) =>
  value === null
    ? formatCount(value)
    : `${value < 1 ? value.toPrecision(2) : formatCount(value)} a day`;

export const measures: Record<GoalAnswer["metric"], Measure> = {
  deployment_frequency: {
    name: "Deployment frequency",
    asked: "Deployments a day, at least",
    factor: 1,
    format: perDay,
    of: "deployments",
  },
  lead_time: {
    name: "Lead time for changes, p50",
    asked: "Hours, at most",
    factor: 3_600,
    format: formatSeconds,
    of: "changes",
  },
  change_fail_rate: {
    name: "Change fail rate",
    asked: "Percent, at most",
    factor: 0.01,
    format: formatRate,
    of: "deployments",
  },
  recovery_time: {
    name: "Failed deployment recovery time, p50",
    asked: "Hours, at most",
    factor: 3_600,
    format: formatSeconds,
    of: "restored failures",
  },
  rework_rate: {
    name: "Deployment rework rate",
    asked: "Percent, at most",
    factor: 0.01,
    format: formatRate,
    of: "deployments",
  },
};

export const metrics = Object.keys(measures) as GoalAnswer["metric"][];

/** The metric's own value for what was written: 12.5 percent is 0.125, and not 0.12500000000000003. */
export function targetOf(metric: GoalAnswer["metric"], written: string): number {
  return Number((Number(written) * measures[metric].factor).toPrecision(12));
}

export function writtenOf({ metric, target }: Pick<GoalAnswer, "metric" | "target">): string {
  return String(Number((target / measures[metric].factor).toPrecision(12)));
}
