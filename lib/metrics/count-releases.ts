import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { CountedRow } from "@/lib/metrics/count-tallies";
import { type CountQuestion, groupOf, inScope, spanTable } from "@/lib/metrics/scope";

export async function countReleases(
  db: Kysely<Database>,
  question: CountQuestion,
): Promise<CountedRow[]> {
  const { scope, spans } = question;
  const { rows } = await sql<{ name: string; i: number; releases: number }>`
    select ${groupOf(question)} as name, s.i, count(*) as releases
    from ${spanTable(spans)} cross join lateral (
      select service, team from releases
      where ${inScope(scope)} and at >= s.from_at and at < s.to_at
    ) r
    group by 1, 2`.execute(db);
  return rows.map(({ name, i, releases }) => ({ name, i, counts: { releases } }));
}
