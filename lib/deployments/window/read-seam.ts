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
  stream: StreamName,
  from: Date,
  margin: number,
): Promise<Date | null> {
  let seam = await before(db, stream, from, margin);
  while (seam !== null) {
    const earlier = await reaching(db, stream, seam);
    if (earlier === null) return seam;
    seam = earlier;
  }
  return null;
}

async function before(
  db: Kysely<Database>,
  { service, environment }: StreamName,
  from: Date,
  margin: number,
): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`
    select at from deployments
    where service = ${service} and environment = ${environment} and completed and at < ${from}
    order by at desc offset ${margin} limit 1`.execute(db);
  return rows[0]?.at ?? null;
}

/** The earliest that belongs together with what stands at the seam or after it; null where nothing does. */
async function reaching(
  db: Kysely<Database>,
  { service, environment }: StreamName,
  seam: Date,
): Promise<Date | null> {
  const { rows } = await sql<{ earliest: Date | null }>`
    select least(
      (select min(started_at) from deployments
        where service = ${service} and environment = ${environment} and at >= ${seam}
          and started_at < ${seam}),
      (select min(at) from deployments
        where service = ${service} and environment = ${environment} and open_until >= ${seam}
          and at < ${seam})
    ) as earliest`.execute(db);
  return rows[0]?.earliest ?? null;
}
