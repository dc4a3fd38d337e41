import type { Context } from "@/lib/context";
import { type Rounds, startRounds } from "@/lib/rounds";
import { compactHead } from "@/lib/series/store";

const everyMilliseconds = 5 * 60_000;

/** Moves finished hours from rows into chunks, for as long as the process lives. */
export function startCompactor(
  { db, clock }: Pick<Context, "db" | "clock">,
  log: (line: string) => void = console.error,
): Rounds {
  return startRounds(
    everyMilliseconds,
    () => compactHead(db, clock.now()),
    (why) => log(`Compaction waits: ${why}`),
  );
}
