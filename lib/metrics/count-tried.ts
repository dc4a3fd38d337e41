import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { CountedRow } from "@/lib/metrics/count-tallies";
import { failed, servedOlder } from "@/lib/metrics/rows-behind";
import { type CountQuestion, groupOf, inScope, inSpans } from "@/lib/metrics/scope";

/** Attempts at a remedy, each once, with the oldest counted failure of its stream that it served. */
export async function countTried(
  db: Kysely<Database>,
  question: Omit<CountQuestion, "timezone">,
): Promise<CountedRow[]> {
  const { scope, spans } = question;
  const { rows } = await sql<CountedRow["counts"] & { name: string; i: number }>`
    with attempts as (
      select name, i, remedy ->> 'kind' as kind
      from ${inSpans(
        spans,
        "at",
        (i, isInside) => sql`
          select ${groupOf(question)} as name, ${i} as i, id, at, service, environment, remedies
          from deployments where ${inScope(scope)} and ${failed} and ${isInside}`,
      )} as d, jsonb_array_elements(d.remedies) as remedy
      where not ${servedOlder("d", "remedy")}
    )
    select name, i,
      count(*) filter (where kind = 'rollback') as "triedRollback",
      count(*) filter (where kind = 'revert') as "triedRevert",
      count(*) filter (where kind = 'fix_forward') as "triedFixForward",
      count(*) filter (where kind = 'flag_off') as "triedFlagOff"
    from attempts group by name, i`.execute(db);
  return rows.map(({ name, i, ...counts }) => ({ name, i, counts }));
}
