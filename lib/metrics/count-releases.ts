import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { CountedRow } from "@/lib/metrics/count-tallies";
import { type CountQuestion, groupOf, inScope, inSpans } from "@/lib/metrics/scope";

export async function countReleases(
  db: Kysely<Database>,
  question: Omit<CountQuestion, "timezone">,
): Promise<CountedRow[]> {
  const { scope, spans } = question;
  const { rows } = await sql<{ name: string; i: number; releases: number }>`
    select name, i, count(*) as releases
    from ${inSpans(
      spans,
      "at",
      (i, isInside) => sql`
        select ${groupOf(question)} as name, ${i} as i
        from releases where ${inScope(scope)} and ${isInside}`,
    )} as r
    group by 1, 2`.execute(db);
  return rows.map(({ name, i, releases }) => ({ name, i, counts: { releases } }));
}
