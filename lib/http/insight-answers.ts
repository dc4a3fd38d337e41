import { z } from "zod";
import { deploymentAnswer, remedyAnswer, seconds, time, timeOrNull } from "@/lib/http/answers";
import { levelMetrics } from "@/lib/metrics/levels";

/** Answers about why and how: remedies of failures, size and age of what is deployed, levels. */

const count = z.number().int();
const interval = z.object({ low: z.number(), high: z.number() }).nullable();

const triedCounts = z.object({
  rollback: count,
  revert: count,
  fix_forward: count,
  flag_off: count,
});

const remedyFigures = z.object({
  failures: count,
  /** Not restored yet: nothing has held. */
  open: count,
  held: triedCounts.extend({ none: count }),
  tried: triedCounts,
  /** Of the failures with a remedy, those whose first was a rollback. */
  rollbackFirst: z.object({ n: count, first: count, rate: z.number().nullable() }),
  /** Of the failures that a fix-forward or a rollback ended, those that a fix-forward did. */
  fixForwards: z.object({
    n: count,
    fixForwards: count,
    rate: z.number().nullable(),
    interval,
  }),
});
export type RemedyFigures = z.infer<typeof remedyFigures>;

export const remedyGroups = ["team", "service", "month"] as const;

export const remediesAnswer = z.object({
  from: time,
  to: time,
  timezone: z.string(),
  by: z.enum(remedyGroups),
  total: remedyFigures,
  /** Of every month of the window; of the teams or services with failures, most first. */
  items: z.array(
    remedyFigures.extend({
      /** Of a month its first day; null: of no team. */
      name: z.string().nullable(),
      start: timeOrNull,
      end: timeOrNull,
      partial: z.boolean(),
    }),
  ),
});
export type RemediesAnswer = z.infer<typeof remediesAnswer>;

export const failureAnswer = deploymentAnswer
  .pick({
    id: true,
    service: true,
    team: true,
    environment: true,
    version: true,
    revision: true,
    kind: true,
    url: true,
    reasons: true,
  })
  .extend({
    at: time,
    reason: z.string(),
    incident: z.object({ id: z.string(), title: z.string() }).nullable(),
    restoredAt: timeOrNull,
    recoverySeconds: seconds,
    heldBy: z.enum(["rollback", "revert", "fix_forward", "flag_off", "none"]).nullable(),
    /** In the order they were tried; `label` is what was deployed or switched off. */
    remedies: z.array(remedyAnswer.extend({ label: z.string().nullable() })),
  });
export type FailureAnswer = z.infer<typeof failureAnswer>;

const rated = z.object({ n: count, failed: count, rate: z.number().nullable(), interval });

/** At or above `from`, below `to`; null is without end. */
const sizeClass = rated.extend({ from: z.number(), to: z.number().nullable() });
export type SizeClass = z.infer<typeof sizeClass>;

const spread = z.object({ n: count, p50: z.number().nullable(), p90: z.number().nullable() });

const classesAnswer = z.object({
  classes: z.array(sizeClass),
  /** The smaller half of what was deployed against the larger one. */
  comparison: z.object({
    verdict: z.enum(["larger_fails_more", "larger_fails_less", "no_difference", "too_few"]),
    /** Where the halves part; null where there are none. */
    at: z.number().nullable(),
    smaller: rated,
    larger: rated,
  }),
});
export type Comparison = z.infer<typeof classesAnswer>["comparison"];

export const batchesAnswer = z.object({
  from: time,
  to: time,
  /** Those that may fail: completed in production, other than rollbacks and redeploys. */
  deployments: count,
  /** Of them those whose change set is not known, first ones among them; left out below. */
  unknown: count,
  /** Of the newest so many lines and branches are told; all where the two agree. */
  sampled: z.object({ n: count, of: count }),
  bySize: z.array(sizeClass),
  byLines: z.array(sizeClass),
  byBranchAge: z.array(sizeClass),
  comparisons: z.object({
    size: classesAnswer.shape.comparison,
    lines: classesAnswer.shape.comparison,
    branchAge: classesAnswer.shape.comparison,
  }),
  /** Changes of a deployment. */
  size: spread,
  /** Lines added and deleted, where all pull requests found in a deployment tell them. */
  lines: spread,
  /** First commit to merge, of the oldest branch in a deployment. */
  branchAgeSeconds: spread,
});
export type BatchesAnswer = z.infer<typeof batchesAnswer>;

const levelBand = z.object({
  level: z.enum(["elite", "high", "medium", "low"]),
  published: z.string(),
  from: z.number(),
  to: z.number().nullable(),
});

export const levelsAnswer = z.object({
  /** Levels are of clusters of whole answers: what that means for a single metric. */
  warning: z.string(),
  /** Of the bands' `from` and `to`. */
  units: z.record(z.enum(levelMetrics), z.string()),
  items: z.array(
    z.object({
      year: count,
      source: z.object({ title: z.string(), address: z.string() }),
      caveats: z.array(z.string()),
      metrics: z.record(z.enum(levelMetrics), z.array(levelBand)),
    }),
  ),
});
export type LevelsAnswer = z.infer<typeof levelsAnswer>;
