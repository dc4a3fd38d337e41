import type { FiguresAnswer } from "@/lib/http/figure-answers";
import { calendarDays, daysTouched, type Span } from "@/lib/metrics/buckets";
import { wilsonInterval } from "@/lib/metrics/interval";
import type { Stage, StageName, Stages } from "@/lib/metrics/stages";
import type { Percentiles, Tally } from "@/lib/metrics/tally";

/** The calendar of what is told: by days and shares of days, and the days that it touches. */
export interface Calendar {
  days: number;
  touched: number;
}

export const noCalendar: Calendar = { days: 0, touched: 0 };

export function calendarOf({ start, end }: Span, timezone: string): Calendar {
  return {
    days: calendarDays(start, end, timezone),
    touched: daysTouched(start, end, timezone),
  };
}

/** Of a period of the calendar, whole: its days may have 23 or 25 hours. */
export function calendarOfPeriod({ start, end }: Span): Calendar {
  const days = Math.round((end.getTime() - start.getTime()) / 86_400_000);
  return { days, touched: days };
}

/**
 * The five metrics of a tally over a stretch of the calendar, with their stages where
 * these were read. Days with a deployment per week are of the days touched: never above 7. Source of the metrics: dora.dev/guides/dora-metrics; the exact
 * rules are in docs/definitions.md. Seconds and rates (0..1) are null where their n is 0.
 */
export function figuresOf(
  { counts, leadTime, recovery }: Tally,
  { days, touched }: Calendar,
  stages: Stages | null,
): FiguresAnswer {
  return {
    deploymentFrequency: {
      deployments: counts.deployments,
      perDay: days > 0 ? counts.deployments / days : null,
      deploymentDaysPerWeek: touched > 0 ? (counts.deploymentDays / touched) * 7 : null,
    },
    leadTime: {
      n: counts.leadTimes,
      ...secondsOf(leadTime),
      anomalies: counts.anomalies,
      unknownChangeSets: counts.unknownChangeSets,
      ...(stages && { stages: leadStages(stages) }),
    },
    changeFailRate: {
      n: counts.judged,
      failed: counts.failed,
      rate: ratio(counts.failed, counts.judged),
      interval: wilsonInterval(counts.failed, counts.judged),
    },
    recoveryTime: {
      n: counts.restored,
      open: counts.open,
      ...secondsOf(recovery),
      ...(stages && { stages: recoveryStages(stages) }),
    },
    reworkRate: {
      n: counts.completed,
      rework: counts.rework,
      rate: ratio(counts.rework, counts.completed),
      interval: wilsonInterval(counts.rework, counts.completed),
    },
    remedies: {
      rollback: counts.heldRollback,
      revert: counts.heldRevert,
      fix_forward: counts.heldFixForward,
      flag_off: counts.heldFlagOff,
      none: counts.heldNone,
      remedied: counts.remedied,
      rolledBackFirst: counts.rollbackFirst,
      rollbackFirst: ratio(counts.rollbackFirst, counts.remedied),
      tried: {
        rollback: counts.triedRollback,
        revert: counts.triedRevert,
        fix_forward: counts.triedFixForward,
        flag_off: counts.triedFlagOff,
      },
    },
    deploymentSuccess: {
      n: counts.finished,
      succeeded: counts.succeeded,
      rate: ratio(counts.succeeded, counts.finished),
    },
    failedAttempts: counts.failedAttempts,
    failedRemedies: counts.failedRemedies,
    releases: counts.releases,
  };
}

type StageAnswer = { n: number } & ReturnType<typeof secondsOf>;

function leadStages(stages: Stages) {
  return pick(stages, ["coding", "pickup", "review", "mergeToDeploy", "deploy"]);
}

function recoveryStages(stages: Stages) {
  return pick(stages, ["detect", "decide", "remedy", "confirm"]);
}

function pick<Name extends StageName>(
  stages: Stages,
  names: readonly Name[],
): Record<Name, StageAnswer> {
  const answers = names.map((name) => [name, stageAnswer(stages[name])]);
  return Object.fromEntries(answers) as Record<Name, StageAnswer>;
}

function stageAnswer(stage: Stage): StageAnswer {
  return { n: stage.n, ...secondsOf(stage) };
}

/** What a histogram may be off by at most, as a share; exact percentiles do not say it. */
const sketchErrorAtMost = 0.01;

function secondsOf({ p50, p90, isSketch }: Percentiles) {
  return {
    p50Seconds: p50,
    p90Seconds: p90,
    ...(isSketch && { errorAtMost: sketchErrorAtMost }),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
