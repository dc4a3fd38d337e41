import { type RawBuilder, sql } from "kysely";
import type { Context } from "@/lib/context";
import type { SuiteAnswer } from "@/lib/http/pipeline-answers";
import { isCountedRun } from "@/lib/pipelines/counted";
import {
  type Sizes,
  suiteSizes,
  type TestSums,
  testFigures,
  testParts,
  testSums,
} from "@/lib/pipelines/test-figures";
import type { Window } from "@/lib/pipelines/window";

interface SuiteRow extends TestSums {
  repository: string;
  name: string | null;
  last_at: Date;
  last_tests: Sizes["tests"];
  last_skipped: Sizes["skipped"];
  last_coverage: Sizes["coverage"];
}

/** The 100 suites with the most flaky, then failed runs of a window, each with its figures. */
export async function readSuites(
  { db }: Context,
  scope: RawBuilder<boolean>,
  { from, to }: Window,
): Promise<SuiteAnswer[]> {
  const { rows } = await sql<SuiteRow>`
    with counted as (
      select ${testParts} from test_runs
      where ${scope} and at >= ${from} and at < ${to} and ${isCountedRun}
    ),
    summed as (
      select repository, name, max(at) as last_at, ${testSums} from counted group by repository, name
    ),
    sized as (select repository, name, ${suiteSizes} from counted group by repository, name)
    select summed.*, sized.tests as last_tests, sized.skipped as last_skipped, sized.coverage as last_coverage
    from summed join sized
      on sized.repository = summed.repository and sized.name is not distinct from summed.name
    order by flaky_runs desc, failed_runs desc, repository, name
    limit 100`.execute(db);
  return rows.map((row) => ({
    repository: row.repository,
    name: row.name,
    lastAt: row.last_at.toISOString(),
    ...testFigures(row, {
      tests: row.last_tests,
      skipped: row.last_skipped,
      coverage: row.last_coverage,
    }),
  }));
}
