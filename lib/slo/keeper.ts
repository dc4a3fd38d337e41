import { sql } from "kysely";
import type { Context } from "@/lib/context";
import { type Rounds, startRounds } from "@/lib/rounds";
import { dayMilliseconds, dayOf, dayText } from "@/lib/slo/hours";
import { windowDaysWithin } from "@/lib/slo/objective";
import { readSlos } from "@/lib/slo/read-slos";

const everyMilliseconds = 60_000;

/**
 * Counts anew what was marked, so that nobody who asks has to wait for it, and lets go
 * of days beyond the longest window; for as long as the process lives.
 */
export function startSloKeeper(
  context: Context,
  log: (line: string) => void = console.error,
): Rounds {
  return startRounds(
    everyMilliseconds,
    () => keepSlos(context),
    (why) => log(`Counting for objectives waits: ${why}`),
  );
}

async function keepSlos(context: Context): Promise<void> {
  await readSlos(context, {});
  const oldest = dayOf(context.clock.now().getTime() - windowDaysWithin.atMost * dayMilliseconds);
  await sql`delete from slo_cells where day < ${dayText(oldest)}::date`.execute(context.db);
  await sql`
    delete from slo_measures m
    where not exists (select from slo_cells c where c.measure_id = m.id)`.execute(context.db);
}
