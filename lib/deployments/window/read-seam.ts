import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { StreamName } from "@/lib/deployments/read-stream";

/**
 * Where a window may begin that holds whatever may have changed by what happened
 * at `from` or later: at a completed deployment about so many before it; null for
 * the stream's beginning. Nothing in the window began before it, and nothing in it
 * has a say in what is told of a deployment before it.
 */
export async function readSeam(
  db: Kysely<Database>,
  { service, environment }: StreamName,
  from: Date,
  margin: number,
): Promise<Date | null> {
  const ofStream = sql`service = ${service} and environment = ${environment}`;
  // Each step goes back to the earliest that belongs together with what stands after the last.
  const { rows } = await sql<{ at: Date | null }>`
    with recursive seam (at) as (
      (select at from deployments
        where ${ofStream} and completed and at < ${from}
        order by at desc offset ${margin} limit 1)
      union all
      select earlier.at
      from seam
      cross join lateral (
        select least(
          (select min(started_at) from deployments
            where ${ofStream} and at >= seam.at and started_at < seam.at),
          (select min(at) from deployments
            where ${ofStream} and open_until >= seam.at and at < seam.at)) as at
        offset 0) earlier
      where earlier.at is not null
    )
    select min(at) as at from seam`.execute(db);
  return rows[0]?.at ?? null;
}
