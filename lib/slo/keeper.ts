import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import type { Context } from "@/lib/context";
import { dayMilliseconds, dayOf, dayText } from "@/lib/slo/hours";
import { windowDaysWithin } from "@/lib/slo/objective";
import { readSlos } from "@/lib/slo/read-slos";

const everyMilliseconds = 60_000;

export interface SloKeeper {
  close(): Promise<void>;
}

/**
 * Counts anew what was marked, so that nobody who asks has to wait for it, and lets go
 * of days beyond the longest window; for as long as the process lives.
 */
export function startSloKeeper(
  context: Context,
  log: (line: string) => void = console.error,
): SloKeeper {
  const closing = new AbortController();
  const { signal } = closing;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await keepSlos(context).catch((error: unknown) =>
        log(`Counting for objectives waits: ${error instanceof Error ? error.message : error}`),
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

async function keepSlos(context: Context): Promise<void> {
  await readSlos(context, {});
  const oldest = dayOf(context.clock.now().getTime() - windowDaysWithin.atMost * dayMilliseconds);
  await sql`delete from slo_cells where day < ${dayText(oldest)}::date`.execute(context.db);
  await sql`
    delete from slo_measures m
    where not exists (select from slo_cells c where c.measure_id = m.id)`.execute(context.db);
}
