import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "@/db/schema";
import { holdProjection } from "@/lib/projection/locks";
import {
  loadDeliveries,
  projectHalving,
  refuseAll,
  saveReadings,
} from "@/lib/projection/project-deliveries";
import type { Generation } from "@/lib/projection/rebuild/generation";
import { keepOutcomes } from "@/lib/projection/rebuild/keep-outcomes";
import type { LeftOut } from "@/lib/projection/rebuild/left-out";
import { mappedProvider } from "@/lib/sources/registry";

const deliveriesAtOnce = 400;

/** Deliveries that are settled live, not yet read into the next generation, and to be read. */
export async function countUnread(db: Kysely<Database>, leftOut: LeftOut): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from deliveries d where ${isUnread(leftOut)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/**
 * Projects the oldest of them into a next generation that has its facts, as live
 * ones are; answers how many it dealt with. From the beginning: what was committed late has
 * an earlier number. What mappings read takes time, and can be asked for or left alone.
 */
export async function catchUp(
  generation: Generation,
  leftOut: LeftOut,
  which: "all" | "mapped" | "others" = "all",
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select d.id from deliveries d where ${isUnread(leftOut)} and ${conditions[which]}
    order by d.id limit ${deliveriesAtOnce}`.execute(generation.db);
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return 0;
  const read = await leftOut.read(generation.db, await loadDeliveries(generation.db, ids));
  const readings = new Map(read.map((one) => [one.delivery, one]));
  await projectHalving([...readings.keys()], (part, refusal) =>
    generation.db.transaction().execute(async (trx) => {
      await holdProjection(trx);
      const said =
        refusal === null
          ? part.flatMap((id) => readings.get(id) ?? [])
          : refuseAll(
              part.map((id) => ({ id })),
              refusal,
            );
      await keepOutcomes(trx, await saveReadings(trx, generation, said));
      return part.length;
    }),
  );
  return ids.length;
}

const conditions: Record<"all" | "mapped" | "others", RawBuilder<boolean>> = {
  all: sql`true`,
  mapped: sql`d.provider = ${sql.lit(mappedProvider)}`,
  others: sql`d.provider <> ${sql.lit(mappedProvider)}`,
};

function isUnread(leftOut: LeftOut): RawBuilder<boolean> {
  return sql`d.outcome <> 'pending' and not exists (select from rebuilt r where r.id = d.id)
    and d.id <> all(${leftOut.deliveries()}::bigint[])`;
}
