import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import { dropHours, fillCells, refreshCells } from "@/lib/metrics/keep-cells";
import { type Rounds, startRounds } from "@/lib/rounds";

const everyMilliseconds = 2_000;
/** A new day, team or zone wants cells that are not there yet. */
const fillEveryMilliseconds = 10 * 60_000;

/**
 * Keeps the cells of everything and of the teams ready for as long as the process
 * lives, so that few reads have to count. Of several processes one does at a time.
 */
export function startKeeper(
  context: Pick<Context, "db" | "config" | "clock">,
  log: (line: string) => void = console.error,
): Rounds {
  let filled = Number.NEGATIVE_INFINITY;

  async function round(signal: AbortSignal): Promise<void> {
    await refreshCells(context, signal);
    if (performance.now() - filled < fillEveryMilliseconds) return;
    await fillCells(context, signal);
    await dropHours(context);
    filled = performance.now();
  }

  return startRounds(
    everyMilliseconds,
    (signal) => alone(context.db, () => round(signal)),
    (why) => log(`Metrics are not kept ready: ${why}`),
  );
}

/** The lock goes with its connection, however this ends. */
async function alone(db: Kysely<Database>, work: () => Promise<void>): Promise<void> {
  await db.connection().execute(async (connection) => {
    const { rows } = await sql<{ held: boolean }>`
      select pg_try_advisory_lock(hashtextextended('pushline cells', 0)) as held`.execute(
      connection,
    );
    if (!rows[0]?.held) return;
    try {
      await work();
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended('pushline cells', 0))`.execute(
        connection,
      );
    }
  });
}
