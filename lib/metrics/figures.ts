import type { FiguresAnswer } from "@/lib/http/figure-answers";

/** What was counted in one window and scope; percentiles are exact over its rows. */
export interface Tally {
  /** Completed, other than rollbacks and redeploys, each rollout once. */
  deployments: number;
  /** Calendar days, in the zone, with such a deployment. */
  deploymentDays: number;
  completed: number;
  rework: number;
  failed: number;
  /** Deployments in a tier where failure is judged; 0 outside production. */
  judged: number;
  restored: number;
  open: number;
  recoverySeconds: Percentiles;
  held: Record<"rollback" | "revert" | "fix_forward" | "flag_off" | "none", number>;
  tried: Record<"rollback" | "revert" | "fix_forward" | "flag_off", number>;
  /** Failures with a remedy, and those whose first was a rollback. */
  remedied: number;
  rollbackFirst: number;
  leadTimes: number;
  leadTimeSeconds: Percentiles;
  anomalies: number;
  unknownChangeSets: number;
  failedAttempts: number;
  failedRemedies: number;
  releases: number;
}

export interface Percentiles {
  p50: number | null;
  p90: number | null;
}

/**
 * The five metrics of a tally over `days` calendar days. Source of the metrics:
 * dora.dev/guides/dora-metrics; the exact rules are in docs/definitions.md.
 * Seconds and rates (0..1) are null where their n is 0.
 */
export function figuresOf(tally: Tally, days: number): FiguresAnswer {
  return {
    deploymentFrequency: {
      deployments: tally.deployments,
      perDay: days > 0 ? tally.deployments / days : null,
      deploymentDaysPerWeek: days > 0 ? (tally.deploymentDays / days) * 7 : null,
    },
    leadTime: {
      n: tally.leadTimes,
      p50Seconds: tally.leadTimeSeconds.p50,
      p90Seconds: tally.leadTimeSeconds.p90,
      anomalies: tally.anomalies,
      unknownChangeSets: tally.unknownChangeSets,
    },
    changeFailRate: {
      n: tally.judged,
      failed: tally.failed,
      rate: ratio(tally.failed, tally.judged),
    },
    recoveryTime: {
      n: tally.restored,
      open: tally.open,
      p50Seconds: tally.recoverySeconds.p50,
      p90Seconds: tally.recoverySeconds.p90,
    },
    reworkRate: {
      n: tally.completed,
      rework: tally.rework,
      rate: ratio(tally.rework, tally.completed),
    },
    remedies: {
      ...tally.held,
      rollbackFirst: ratio(tally.rollbackFirst, tally.remedied),
      tried: tally.tried,
    },
    failedAttempts: tally.failedAttempts,
    failedRemedies: tally.failedRemedies,
    releases: tally.releases,
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
