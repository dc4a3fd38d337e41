import { z } from "zod";
import { seconds, time } from "@/lib/http/answers";

/** Answers about builds and test runs over time. */

const rate = z.number().nullable();
const window = { from: time, to: time };
const bucket = { start: time, end: time, partial: z.boolean() };

const buildFigures = z.object({
  /** Builds that succeeded or failed; those canceled are in no rate. */
  n: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  canceled: z.number(),
  successRate: rate,
  /** Of the failed ones, those whose revision the same build passed later. */
  flaky: z.number(),
  flakyRate: rate,
  /** Of which start and finish are known. */
  durationN: z.number(),
  p50Seconds: seconds,
  p90Seconds: seconds,
  queueN: z.number(),
  queueP50Seconds: seconds,
});
export type BuildFigures = z.infer<typeof buildFigures>;

const stageAnswer = z.object({
  name: z.string(),
  n: z.number(),
  p50Seconds: seconds,
  p90Seconds: seconds,
  failRate: rate,
  /** Of the time that all stages took together. */
  shareOfTime: rate,
});
export type StageAnswer = z.infer<typeof stageAnswer>;

const pipelineAnswer = buildFigures
  .omit({ queueN: true, queueP50Seconds: true })
  .extend({ repository: z.string(), name: z.string(), lastAt: time });
export type PipelineAnswer = z.infer<typeof pipelineAnswer>;

export const buildsTrendAnswer = z.object({
  ...window,
  timezone: z.string(),
  bucket: z.enum(["day", "week", "month"]),
  total: buildFigures,
  previous: z.object({ ...window, total: buildFigures }).optional(),
  buckets: z.array(buildFigures.extend(bucket)),
  /** The 50 that took most of the time, over the newest `stagesFrom` builds of the window. */
  stages: z.array(stageAnswer),
  stagesFrom: z.number(),
  /** The 50 that ran most often. */
  pipelines: z.array(pipelineAnswer),
});
export type BuildsTrendAnswer = z.infer<typeof buildsTrendAnswer>;

const testFigures = z.object({
  /** Runs that succeeded or failed. */
  runs: z.number(),
  failedRuns: z.number(),
  successRate: rate,
  /** How large the suites are: the last run of each, added up. */
  tests: z.number().nullable(),
  skipped: z.number().nullable(),
  /** Cases that failed, over all runs. */
  failed: z.number(),
  /** Cases that were flaky, over all runs. */
  flaky: z.number(),
  /** Runs with a flaky case, or that failed before the same suite passed on the same revision. */
  flakyRuns: z.number(),
  flakyRate: rate,
  durationN: z.number(),
  p50Seconds: seconds,
  p90Seconds: seconds,
  /** The mean over the suites of what each last reported. */
  coverage: rate,
});
export type TestFigures = z.infer<typeof testFigures>;

const suiteAnswer = testFigures.extend({
  repository: z.string(),
  name: z.string().nullable(),
  lastAt: time,
});
export type SuiteAnswer = z.infer<typeof suiteAnswer>;

export const testsTrendAnswer = z.object({
  ...window,
  timezone: z.string(),
  bucket: z.enum(["day", "week", "month"]),
  total: testFigures,
  previous: z.object({ ...window, total: testFigures }).optional(),
  buckets: z.array(testFigures.extend(bucket)),
  /** The 100 most flaky, then most often failed. */
  suites: z.array(suiteAnswer),
});
export type TestsTrendAnswer = z.infer<typeof testsTrendAnswer>;

const caseAnswer = z.object({
  repository: z.string(),
  suite: z.string().nullable(),
  name: z.string(),
  failed: z.number(),
  flaky: z.number(),
  /** Runs in which its time is known. */
  n: z.number(),
  p50Seconds: seconds,
  longestSeconds: seconds,
});
export type CaseAnswer = z.infer<typeof caseAnswer>;

export const testCasesAnswer = z.object({
  ...window,
  /** How many of the window's newest runs were looked at. */
  runs: z.number(),
  failing: z.array(caseAnswer),
  slowest: z.array(caseAnswer),
});
export type TestCasesAnswer = z.infer<typeof testCasesAnswer>;
