import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { StoredDelivery } from "@/lib/projection/read-stored";

/** Small enough that whoever else is served by this process hardly waits. */
const deliveriesAtOnce = 200;
const batchBytes = 8 * 1024 * 1024;

/** The deliveries of a source that were read before: how many there are, and the newest. */
export async function countKept(
  db: Kysely<Database>,
  source: string,
): Promise<{ total: number; newest: number }> {
  const { rows } = await sql<{ total: number; newest: number | null }>`
    select count(*) as total, max(id) as newest from deliveries where source = ${source}`.execute(
    db,
  );
  return { total: rows[0]?.total ?? 0, newest: rows[0]?.newest ?? 0 };
}

/** The next of them in their order, as many as fit into memory comfortably; one of any size. */
export async function keptAfter(
  db: Kysely<Database>,
  source: string,
  { after, upto }: { after: number; upto: number },
): Promise<number[]> {
  const { rows } = await sql<{ id: number; before: number }>`
    select id, coalesce(sum(bytes) over (order by id rows between unbounded preceding and 1 preceding), 0)::bigint as before
    from (
      select id, octet_length(body) as bytes from deliveries
      where source = ${source} and id > ${after} and id <= ${upto}
      order by id limit ${deliveriesAtOnce}
    ) as kept
    order by id`.execute(db);
  return rows.filter(({ before }) => before < batchBytes).map(({ id }) => id);
}

/** The newest that were settled before this one, newest first; with their bodies. */
export async function keptBefore(
  db: Kysely<Database>,
  source: string,
  before: number,
): Promise<StoredDelivery[]> {
  const { rows } = await sql<StoredDelivery>`
    with kept as (
      select id, octet_length(body) as bytes from deliveries
      where source = ${source} and id < ${before} and outcome <> 'pending'
      order by id desc limit ${deliveriesAtOnce}
    ),
    measured as (
      select id, coalesce(sum(bytes) over (order by id desc rows between unbounded preceding and 1 preceding), 0) as before
      from kept
    )
    select d.id, d.source, d.provider, d.headers, d.body, d.received_at, d.outcome
    from deliveries d join measured m on m.id = d.id
    where m.before < ${batchBytes}
    order by d.id desc`.execute(db);
  return rows;
}
