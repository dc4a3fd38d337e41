import { type RawBuilder, sql } from "kysely";
import type { Context } from "@/lib/context";
import type { TestFigures, TestsTrendAnswer } from "@/lib/http/pipeline-answers";
import type { Bucket } from "@/lib/metrics/buckets";
import { isCountedRun } from "@/lib/pipelines/counted";
import { readSuites } from "@/lib/pipelines/read-suites";
import { inPipelineScope } from "@/lib/pipelines/scope";
import {
  type Sizes,
  suiteSizes,
  type TestSums,
  testFigures,
  testParts,
  testSums,
} from "@/lib/pipelines/test-figures";
import {
  comparedWindow,
  type FiguresOf,
  startsOf,
  type TrendQuestion,
  trendAnswer,
  trendBuckets,
  type Window,
} from "@/lib/pipelines/window";

/**
 * How runs of tests went, in total, per calendar bucket and per suite (a repository's
 * runs of one name): counts, flakiness, durations in seconds, coverage 0..1. A run counts
 * where it finished. Throws what trendBuckets throws, and `not_found` outside of the reach.
 */
export async function readTestsTrend(
  context: Context,
  question: TrendQuestion,
): Promise<TestsTrendAnswer> {
  const buckets = trendBuckets(question);
  const scope = await inPipelineScope(context, question.scope);
  const before = comparedWindow(question);
  const [now, compared, suites] = await Promise.all([
    readFigures(context, scope, question, buckets),
    before && readFigures(context, scope, before, []).then((figures) => ({ ...before, figures })),
    readSuites(context, scope, question),
  ]);
  return { ...trendAnswer(question, buckets, now, compared), suites };
}

async function readFigures(
  { db }: Context,
  scope: RawBuilder<boolean>,
  { from, to }: Window,
  buckets: readonly Bucket[],
): Promise<FiguresOf<TestFigures>> {
  const counted = sql`
    counted as materialized (
      select width_bucket(at, ${startsOf(buckets)}) as bucket, ${testParts}
      from test_runs
      where ${scope} and at >= ${from} and at < ${to} and ${isCountedRun}
    )`;
  const [sums, sizes] = await Promise.all([
    sql<TestSums & { bucket: number | null }>`
      with ${counted}
      select bucket, ${testSums} from counted group by grouping sets ((bucket), ())`.execute(db),
    sql<Sizes & { bucket: number | null }>`
      with ${counted},
      suites as (
        select bucket, repository, name, ${suiteSizes}
        from counted group by grouping sets ((bucket, repository, name), (repository, name))
      )
      select bucket, sum(tests)::float8 as tests, sum(skipped)::float8 as skipped, avg(coverage) as coverage
      from suites group by bucket`.execute(db),
  ]);
  return (bucket) =>
    testFigures(
      sums.rows.find((row) => row.bucket === bucket),
      sizes.rows.find((row) => row.bucket === bucket),
    );
}
