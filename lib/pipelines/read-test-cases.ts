import { sql } from "kysely";
import type { Context } from "@/lib/context";
import type { CaseAnswer, TestCasesAnswer } from "@/lib/http/pipeline-answers";
import { isCountedRun } from "@/lib/pipelines/counted";
import { inPipelineScope } from "@/lib/pipelines/scope";
import { refuseWindow, type TrendQuestion, type Window } from "@/lib/pipelines/window";

/** So many of the newest runs are opened for their cases; the answer says how many they were. */
const runsAtMost = 2_000;
const casesAtMost = 25;

interface CaseRow extends Omit<CaseAnswer, "p50Seconds" | "longestSeconds"> {
  middle: number | null;
  longest: number | null;
}

/**
 * Which tests fail most and which take longest, over the cases that the newest 2,000
 * runs of the window keep (their failed, flaky and slowest ones). Throws `invalid_field`
 * and `range_too_large` as the trends do, and `not_found` outside of the reach.
 */
export async function readTestCases(
  context: Context,
  question: Window & Pick<TrendQuestion, "scope">,
): Promise<TestCasesAnswer> {
  refuseWindow(question);
  const { from, to } = question;
  const { db } = context;
  const scope = await inPipelineScope(context, question.scope);
  const newest = sql`
    newest as materialized (
      select repository, name, cases from test_runs
      where ${scope} and at >= ${from} and at < ${to} and ${isCountedRun}
      order by at desc, id desc limit ${runsAtMost}
    )`;
  const told = sql`
    ${newest},
    told as (
      select repository, newest.name as suite, each ->> 'name' as name,
        count(*) filter (where each ->> 'status' = 'failed')::int as failed,
        count(*) filter (where each ->> 'status' = 'flaky')::int as flaky,
        count(each ->> 'seconds')::int as n,
        percentile_cont(0.5) within group (order by (each ->> 'seconds')::float8) as middle,
        max((each ->> 'seconds')::float8) as longest
      from newest, jsonb_array_elements(cases) as each
      group by repository, newest.name, each ->> 'name'
    )`;
  const [runs, failing, slowest] = await Promise.all([
    sql<{ runs: number }>`with ${newest} select count(*)::int as runs from newest`.execute(db),
    sql<CaseRow>`
      with ${told} select * from told where failed + flaky > 0
      order by failed + flaky desc, failed desc, repository, suite, name limit ${casesAtMost}`.execute(
      db,
    ),
    sql<CaseRow>`
      with ${told} select * from told where n > 0
      order by middle desc, repository, suite, name limit ${casesAtMost}`.execute(db),
  ]);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    runs: runs.rows[0]?.runs ?? 0,
    failing: failing.rows.map(caseAnswer),
    slowest: slowest.rows.map(caseAnswer),
  };
}

function caseAnswer({ middle, longest, ...row }: CaseRow): CaseAnswer {
  return { ...row, p50Seconds: middle, longestSeconds: longest };
}
