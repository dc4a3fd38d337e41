import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";

/** Notified with the newest position, once a batch. */
export const liveChannel = "pushline_live";

const lockKey = 7_561_201;
const rowsAtMost = 1_000;

/**
 * Gives what has been announced and committed its positions: consecutive, and
 * readable in their order, since only one holder of the lock hands them out at a
 * time. Answers how many; 0 also where another holds the lock.
 */
export function sequence(db: Kysely<Database>): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const asked = await sql<{ held: boolean }>`
      select pg_try_advisory_xact_lock(${lockKey}) as held`.execute(transaction);
    if (!asked.rows[0]?.held) return 0;
    const { rows } = await sql<{ position: number }>`
      with moved as (
        delete from live_outbox
        where id in (select id from live_outbox order by id limit ${rowsAtMost})
        returning id, topic, payload
      ), last as (
        select coalesce(max(position), 0) as position from live_positions
      )
      insert into live_positions (position, topic, payload, at)
      select last.position + row_number() over (order by moved.id), topic, payload, clock_timestamp()
      from moved, last
      returning position`.execute(transaction);
    if (rows.length > 0) {
      const newest = rows.reduce((most, row) => Math.max(most, row.position), 0);
      await sql`select pg_notify(${liveChannel}, ${String(newest)})`.execute(transaction);
    }
    return rows.length;
  });
}

/** Forgets positions older than a moment; the newest stays, since counting goes on from it. */
export async function prunePositions(db: Kysely<Database>, before: Date): Promise<void> {
  await db
    .deleteFrom("live_positions")
    .where("at", "<", before)
    .where("position", "<", (query) =>
      query
        .selectFrom("live_positions")
        .select(({ fn }) => fn.coalesce(fn.max("position"), sql<number>`0`).as("newest")),
    )
    .execute();
}
