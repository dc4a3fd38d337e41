import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { holdProjection } from "@/lib/projection/locks";
import {
  loadDeliveries,
  projectDeliveries,
  projectHalving,
} from "@/lib/projection/project-deliveries";
import type { Generation } from "@/lib/projection/rebuild/generation";

const deliveriesAtOnce = 400;

/** Deliveries numbered after `after` that are settled live and not yet read into the next generation. */
export async function countUnread(db: Kysely<Database>, after: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from deliveries d
    where d.id > ${after} and d.outcome <> 'pending'
      and not exists (select from rebuilt r where r.id = d.id)`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Reads the next of them into the next generation; answers how many, and the last number. */
export async function readNext(
  generation: Generation,
  after: number,
): Promise<{ read: number; last: number }> {
  const { rows } = await sql<{ id: number }>`
    select d.id from deliveries d
    where d.id > ${after} and d.outcome <> 'pending'
      and not exists (select from rebuilt r where r.id = d.id)
    order by d.id limit ${deliveriesAtOnce}`.execute(generation.db);
  const ids = rows.map((row) => row.id);
  if (ids.length > 0)
    await projectHalving(ids, (part, refusal) => readThese(generation, part, refusal));
  return { read: ids.length, last: ids.at(-1) ?? after };
}

async function readThese(
  generation: Generation,
  ids: readonly number[],
  refusal: string | null,
): Promise<number> {
  return generation.db.transaction().execute(async (trx) => {
    await holdProjection(trx);
    const deliveries = await loadDeliveries(trx, ids);
    const outcomes = await projectDeliveries(trx, generation, deliveries, refusal);
    const columns = sql`id, outcome, error_code, error, facts`;
    await sql`
      insert into rebuilt (${columns})
      select ${columns} from json_populate_recordset(null::rebuilt, ${JSON.stringify(outcomes)}::json)`.execute(
      trx,
    );
    return outcomes.length;
  });
}
