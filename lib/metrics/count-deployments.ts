import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { CountedRow } from "@/lib/metrics/count-tallies";
import { failed } from "@/lib/metrics/rows-behind";
import {
  type CountQuestion,
  groupOf,
  inScope,
  inSpans,
  type MetricScope,
  percentilesOf,
  startsOf,
} from "@/lib/metrics/scope";
import { type Counts, toPercentiles } from "@/lib/metrics/tally";

/** All that is told from deployments by themselves. */
export async function countDeployments(
  db: Kysely<Database>,
  question: CountQuestion,
): Promise<CountedRow[]> {
  const { scope, spans, timezone } = question;
  const { rows } = await sql<Row>`
    with attempts as (
      select d.*, day - (${startsOf(spans.map(({ start }) => start))}[i] at time zone ${timezone})::date
        as day_number
      from ${inSpans(spans, "at", (i, isInside) =>
        attempts(scope, isInside, [
          sql`${groupOf(question)} as name`,
          sql`${i} as i`,
          sql`(at at time zone ${timezone})::date as day`,
        ]),
      )} as d
    )
    select name, i,
      count(distinct day) filter (where counts) as "deploymentDays",
      coalesce(bit_or(1 << day_number) filter (where counts), 0) as "dayBits",
      ${percentilesOf(sql`case when failed and restored_at is not null then recovery_seconds end`)}
        as recovery,
      ${attemptSums}
    from attempts
    group by name, i`.execute(db);
  return rows.map(({ name, i, recovery, dayBits, ...counts }) => ({
    name,
    i,
    counts,
    dayBits,
    recovery: toPercentiles(recovery),
  }));
}

type Row = {
  name: string;
  i: number;
  recovery: (number | null)[] | null;
  dayBits: number;
  deploymentDays: number;
} & AttemptSums;

/** The attempts of a scope with what `attemptSums` sums, and with more columns. */
export function attempts(
  scope: MetricScope,
  isInside: RawBuilder<boolean>,
  more: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> {
  return sql`
    select ${sql.join(more)}, tier, status, counted, rework, held_by,
      restored_at, recovery_seconds, remedies, changes_known, failed_attempt, failed_remedy,
      completed and counted as completed,
      completed and counted and kind not in ('rollback', 'redeploy') as counts,
      ${failed} as failed
    from deployments where ${inScope(scope)} and ${isInside}`;
}

/** What is summed over `attempts`. */
export const attemptSums = sql`
  count(*) filter (where counts) as deployments,
  count(*) filter (where completed) as completed,
  count(*) filter (where completed and rework) as rework,
  count(*) filter (where counts and tier = 'production') as judged,
  count(*) filter (where failed) as failed,
  count(recovery_seconds) filter (where failed and restored_at is not null) as restored,
  count(*) filter (where failed and restored_at is null) as open,
  count(*) filter (where failed and held_by = 'rollback') as "heldRollback",
  count(*) filter (where failed and held_by = 'revert') as "heldRevert",
  count(*) filter (where failed and held_by = 'fix_forward') as "heldFixForward",
  count(*) filter (where failed and held_by = 'flag_off') as "heldFlagOff",
  count(*) filter (where failed and held_by = 'none') as "heldNone",
  count(*) filter (where failed and remedies -> 0 is not null) as remedied,
  count(*) filter (where failed and remedies -> 0 ->> 'kind' = 'rollback') as "rollbackFirst",
  count(*) filter (where counts and changes_known = false) as "unknownChangeSets",
  count(*) filter (where counted and failed_attempt) as "failedAttempts",
  count(*) filter (where counted and failed_remedy) as "failedRemedies",
  count(*) filter (where status in ('succeeded', 'failed')) as finished,
  count(*) filter (where status = 'succeeded') as succeeded`;

export type AttemptSums = Omit<
  Counts,
  | "deploymentDays"
  | "leadTimes"
  | "anomalies"
  | "releases"
  | "triedRollback"
  | "triedRevert"
  | "triedFixForward"
  | "triedFlagOff"
>;
