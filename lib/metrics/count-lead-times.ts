import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { CountedRow } from "@/lib/metrics/count-tallies";
import { type CountQuestion, groupOf, inScope, inSpans, percentilesOf } from "@/lib/metrics/scope";
import { toPercentiles } from "@/lib/metrics/tally";

export async function countLeadTimes(
  db: Kysely<Database>,
  question: CountQuestion,
): Promise<CountedRow[]> {
  const { scope, spans } = question;
  const { rows } = await sql<Row>`
    select name, i, count(lead_seconds) as "leadTimes",
      count(*) filter (where anomaly) as anomalies,
      ${percentilesOf(sql`lead_seconds`)} as lead
    from ${inSpans(
      spans,
      "finished_at",
      (i, isInside) => sql`
        select ${groupOf(question)} as name, ${i} as i, lead_seconds, anomaly
        from deployment_changes where ${inScope(scope)} and ${isInside}`,
    )} as c
    group by 1, 2`.execute(db);
  return rows.map(({ name, i, lead, ...counts }) => ({
    name,
    i,
    counts,
    leadTime: toPercentiles(lead),
  }));
}

interface Row {
  name: string;
  i: number;
  leadTimes: number;
  anomalies: number;
  lead: (number | null)[] | null;
}
