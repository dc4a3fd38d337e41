import { z } from "zod";
import { seconds, time, timeOrNull } from "@/lib/http/answers";

/** Answers about numbers over time: the five metrics, series, markers. */

const remedyCounts = z.object({
  rollback: z.number(),
  revert: z.number(),
  fix_forward: z.number(),
  flag_off: z.number(),
});

/** 95 %, by Wilson's score; null where n is 0. */
const interval = z.object({ low: z.number(), high: z.number() }).nullable();

/** Percentiles in seconds; `errorAtMost` is there where they come from a histogram. */
const percentileAnswers = {
  p50Seconds: seconds,
  p90Seconds: seconds,
  errorAtMost: z.number().optional(),
};
const stage = z.object({ n: z.number(), ...percentileAnswers });

const figuresAnswer = z.object({
  deploymentFrequency: z.object({
    deployments: z.number(),
    perDay: z.number().nullable(),
    deploymentDaysPerWeek: z.number().nullable(),
  }),
  leadTime: z.object({
    n: z.number(),
    ...percentileAnswers,
    anomalies: z.number(),
    unknownChangeSets: z.number(),
    stages: z
      .object({ coding: stage, pickup: stage, review: stage, mergeToDeploy: stage, deploy: stage })
      .optional(),
  }),
  changeFailRate: z.object({
    n: z.number(),
    failed: z.number(),
    rate: z.number().nullable(),
    interval,
  }),
  recoveryTime: z.object({
    n: z.number(),
    open: z.number(),
    ...percentileAnswers,
    stages: z.object({ detect: stage, decide: stage, remedy: stage, confirm: stage }).optional(),
  }),
  reworkRate: z.object({
    n: z.number(),
    rework: z.number(),
    rate: z.number().nullable(),
    interval,
  }),
  remedies: remedyCounts.extend({
    none: z.number(),
    /** Failures with a remedy, and those of them that a rollback answered first. */
    remedied: z.number(),
    rolledBackFirst: z.number(),
    rollbackFirst: z.number().nullable(),
    tried: remedyCounts,
  }),
  /** Attempts that ended, canceled ones aside. */
  deploymentSuccess: z.object({
    n: z.number(),
    succeeded: z.number(),
    rate: z.number().nullable(),
  }),
  failedAttempts: z.number(),
  failedRemedies: z.number(),
  releases: z.number(),
});
export type FiguresAnswer = z.infer<typeof figuresAnswer>;

export const metricsAnswer = z.object({
  from: time,
  to: time,
  timezone: z.string(),
  bucket: z.enum(["day", "week", "month"]),
  definition: z.enum(["pushline", "devlake"]),
  total: figuresAnswer,
  /** The window of the same calendar length just before, where it was asked for. */
  previous: z.object({ from: time, to: time, total: figuresAnswer }).optional(),
  buckets: z.array(figuresAnswer.extend({ start: time, end: time, partial: z.boolean() })),
});
export type MetricsAnswer = z.infer<typeof metricsAnswer>;

export const seriesAnswer = z.object({
  unit: z.string(),
  series: z.array(
    z.object({
      labels: z.record(z.string(), z.string()),
      /** Epoch milliseconds and value; null marks a gap. */
      points: z.array(z.tuple([z.number(), z.number().nullable()])),
    }),
  ),
});
export type SeriesAnswer = z.infer<typeof seriesAnswer>;

export const markerAnswer = z.object({
  kind: z.enum(["deployment", "release", "incident"]),
  id: z.string(),
  service: z.string(),
  /** A deployment's finish; where it runs or failed, its latest known moment. */
  at: time,
  /** When a deployment's rollout began; null for all else. */
  startedAt: timeOrNull,
  endAt: timeOrNull,
  /** A deployment's kind, a release's subject, an incident's severity. */
  class: z.string().nullable(),
  label: z.string(),
  failed: z.boolean(),
  revision: z.string().nullable(),
});
export type MarkerAnswer = z.infer<typeof markerAnswer>;
