import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";

/** So that asking stays cheap however far behind we are. */
const countedAtMost = 100_000;

/** Deliveries that wait to be read, by their sources' names; of all sources together up to 100,000. */
export async function countPending(
  db: Kysely<Database>,
  names: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ source: string; n: number }>`
    select source, count(*)::integer as n
    from (
      select source from deliveries
      where outcome = 'pending' and source = any(${[...names]}::text[]) limit ${countedAtMost}
    ) as pending
    group by source`.execute(db);
  return new Map(rows.map(({ source, n }) => [source, n]));
}
