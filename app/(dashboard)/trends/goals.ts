import type { TrendProps } from "@/app/_charts/trend-frame";
import { formatCount, formatRate, formatSeconds } from "@/app/_ui/format";
import type { GoalMetric } from "@/lib/goals/metrics";
import type { MetricsAnswer } from "@/lib/http/figure-answers";
import type { GoalAnswer } from "@/lib/http/goal-answers";

/** Of a team's goals for one metric the one that is due next; where all are past, the last. */
export function goalFor(
  goals: readonly GoalAnswer[] | undefined,
  metric: GoalMetric,
  now: number,
): GoalAnswer | null {
  const own = (goals ?? []).filter((goal) => goal.metric === metric).sort(byDue);
  return own.find(({ dueAt }) => Date.parse(dueAt) >= now) ?? own.at(-1) ?? null;
}

/** The line that a chart of the metric draws for a goal. */
export function targetOf(
  goal: GoalAnswer | null,
  bucket: MetricsAnswer["bucket"],
): TrendProps["target"] {
  if (goal === null) return undefined;
  const { metric, target, by } = goal;
  return {
    // A chart of deployments counts them by the bucket; a goal is of deployments a day.
    value: metric === "deployment_frequency" ? target * days[bucket] : target,
    label: `goal ${goalWords(goal)} by ${by}`,
  };
}

export function goalWords({ metric, target }: Pick<GoalAnswer, "metric" | "target">): string {
  switch (metric) {
    case "deployment_frequency":
      return `${formatCount(target)} a day`;
    case "lead_time":
    case "recovery_time":
      return formatSeconds(target);
    case "change_fail_rate":
    case "rework_rate":
      return formatRate(target);
  }
}

export const courseWords: Record<GoalAnswer["course"], string> = {
  reached: "reached",
  on_course: "on course",
  behind: "behind",
  missed: "missed",
  unknown: "no data yet",
};

const days = { day: 1, week: 7, month: 365.25 / 12 };

function byDue(a: GoalAnswer, b: GoalAnswer): number {
  return Date.parse(a.dueAt) - Date.parse(b.dueAt);
}
