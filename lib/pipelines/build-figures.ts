import { sql } from "kysely";
import type { BuildFigures } from "@/lib/http/pipeline-answers";
import { isFlakyBuild } from "@/lib/pipelines/counted";

/** What is aggregated, of each counted build; the columns of `buildSums`. */
export const buildParts = sql`
  builds.status <> 'canceled' as ended, builds.status, ${isFlakyBuild} as flaky,
  extract(epoch from builds.finished_at - builds.started_at)::float8 as seconds,
  extract(epoch from builds.started_at - builds.queued_at)::float8 as queue_seconds`;

/** Sums over rows of `buildParts`; percentiles are exact, negative spans are left out. */
export const buildSums = sql`
  count(*) filter (where ended)::int as n,
  count(*) filter (where status = 'succeeded')::int as succeeded,
  count(*) filter (where status = 'failed')::int as failed,
  count(*) filter (where status = 'canceled')::int as canceled,
  count(*) filter (where flaky)::int as flaky,
  count(*) filter (where ended and seconds >= 0)::int as timed,
  percentile_cont(array[0.5, 0.9]) within group (order by seconds)
    filter (where ended and seconds >= 0) as spans,
  count(*) filter (where queue_seconds >= 0)::int as queued,
  percentile_cont(0.5) within group (order by queue_seconds)
    filter (where queue_seconds >= 0) as queue`;

export interface BuildSums {
  n: number;
  succeeded: number;
  failed: number;
  canceled: number;
  flaky: number;
  timed: number;
  spans: number[] | null;
  queued: number;
  queue: number | null;
}

/** The figures of a sum; of nothing every rate and span is null. */
export function buildFigures(sums: BuildSums | undefined): BuildFigures {
  const { n = 0, succeeded = 0, failed = 0, canceled = 0, flaky = 0, timed = 0 } = sums ?? {};
  return {
    n,
    succeeded,
    failed,
    canceled,
    successRate: n === 0 ? null : succeeded / n,
    flaky,
    flakyRate: n === 0 ? null : flaky / n,
    durationN: timed,
    p50Seconds: sums?.spans?.[0] ?? null,
    p90Seconds: sums?.spans?.[1] ?? null,
    queueN: sums?.queued ?? 0,
    queueP50Seconds: sums?.queue ?? null,
  };
}
