import { setTimeout } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import { fillCells, refreshCells } from "@/lib/metrics/keep-cells";

const everyMilliseconds = 2_000;
/** A new day, team or zone wants cells that are not there yet. */
const fillEveryMilliseconds = 10 * 60_000;

export interface Keeper {
  close(): Promise<void>;
}

/**
 * Keeps the cells of everything and of the teams ready for as long as the process
 * lives, so that few reads have to count. Of several processes one does at a time.
 */
export function startKeeper(
  context: Pick<Context, "db" | "config" | "clock">,
  log: (line: string) => void = console.error,
): Keeper {
  const closing = new AbortController();
  const { signal } = closing;
  let filled = Number.NEGATIVE_INFINITY;

  async function round(): Promise<void> {
    await refreshCells(context, signal);
    if (performance.now() - filled < fillEveryMilliseconds) return;
    await fillCells(context, signal);
    filled = performance.now();
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await alone(context.db, round).catch((error: unknown) =>
        log(
          `Metrics are not kept ready: ${error instanceof Error ? error.message : String(error)}`,
        ),
      );
      await setTimeout(everyMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    async close() {
      closing.abort();
      await running;
    },
  };
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
