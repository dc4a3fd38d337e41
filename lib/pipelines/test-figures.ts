import { sql } from "kysely";
import type { TestFigures } from "@/lib/http/pipeline-answers";
import { isFlakyRun } from "@/lib/pipelines/counted";

/** What is aggregated, of each counted run; the columns of `testSums` and `suiteSizes`. */
export const testParts = sql`
  test_runs.id, test_runs.repository, test_runs.name, test_runs.at, test_runs.status,
  test_runs.tests, test_runs.failed, test_runs.skipped, test_runs.flaky, test_runs.coverage,
  ${isFlakyRun} as is_flaky,
  extract(epoch from test_runs.finished_at - test_runs.started_at)::float8 as seconds`;

/** Sums over rows of `testParts`; percentiles are exact, negative spans are left out. */
export const testSums = sql`
  count(*)::int as runs,
  count(*) filter (where status = 'failed')::int as failed_runs,
  coalesce(sum(failed), 0)::float8 as failed,
  coalesce(sum(flaky), 0)::float8 as flaky,
  count(*) filter (where is_flaky)::int as flaky_runs,
  count(*) filter (where seconds >= 0)::int as timed,
  percentile_cont(array[0.5, 0.9]) within group (order by seconds) filter (where seconds >= 0) as spans`;

export interface TestSums {
  runs: number;
  failed_runs: number;
  failed: number;
  flaky: number;
  flaky_runs: number;
  timed: number;
  spans: number[] | null;
}

/** What each suite was when it last said so, over rows of `testParts` of one suite. */
export const suiteSizes = sql`
  (array_agg(tests order by at desc, id desc) filter (where tests is not null))[1] as tests,
  (array_agg(skipped order by at desc, id desc) filter (where skipped is not null))[1] as skipped,
  (array_agg(coverage order by at desc, id desc) filter (where coverage is not null))[1] as coverage`;

export interface Sizes {
  tests: number | null;
  skipped: number | null;
  coverage: number | null;
}

/** The figures of a sum; of nothing every rate, span and size is null. */
export function testFigures(sums: TestSums | undefined, sizes: Sizes | undefined): TestFigures {
  const { runs = 0, failed_runs: failedRuns = 0, flaky_runs: flakyRuns = 0 } = sums ?? {};
  return {
    runs,
    failedRuns,
    successRate: runs === 0 ? null : 1 - failedRuns / runs,
    tests: sizes?.tests ?? null,
    skipped: sizes?.skipped ?? null,
    failed: sums?.failed ?? 0,
    flaky: sums?.flaky ?? 0,
    flakyRuns,
    flakyRate: runs === 0 ? null : flakyRuns / runs,
    durationN: sums?.timed ?? 0,
    p50Seconds: sums?.spans?.[0] ?? null,
    p90Seconds: sums?.spans?.[1] ?? null,
    coverage: sizes?.coverage ?? null,
  };
}
