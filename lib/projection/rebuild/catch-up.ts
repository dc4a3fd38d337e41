import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { holdProjection } from "@/lib/projection/locks";
import {
  loadDeliveries,
  projectDeliveries,
  projectHalving,
} from "@/lib/projection/project-deliveries";
import type { Generation } from "@/lib/projection/rebuild/generation";
import { keepOutcomes } from "@/lib/projection/rebuild/keep-outcomes";

const deliveriesAtOnce = 400;

/** Deliveries that are settled live and not yet read into the next generation. */
export async function countUnread(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from deliveries d
    where d.outcome <> 'pending' and not exists (select from rebuilt r where r.id = d.id)`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/**
 * Projects the oldest of them into a next generation that has its facts, as live
 * ones are; answers how many. From the beginning: what was committed late has an
 * earlier number.
 */
export async function catchUp(generation: Generation): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select d.id from deliveries d
    where d.outcome <> 'pending' and not exists (select from rebuilt r where r.id = d.id)
    order by d.id limit ${deliveriesAtOnce}`.execute(generation.db);
  const ids = rows.map((row) => row.id);
  if (ids.length > 0)
    await projectHalving(ids, (part, refusal) => readThese(generation, part, refusal));
  return ids.length;
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
    await keepOutcomes(trx, outcomes);
    return outcomes.length;
  });
}
