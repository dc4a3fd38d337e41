import { setTimeout } from "node:timers/promises";
import type { Context } from "@/lib/context";
import { compactHead } from "@/lib/series/store";

const everyMilliseconds = 5 * 60_000;

export interface Compactor {
  close(): Promise<void>;
}

/** Moves finished hours from rows into chunks, for as long as the process lives. */
export function startCompactor(
  { db, clock }: Pick<Context, "db" | "clock">,
  log: (line: string) => void = console.error,
): Compactor {
  const closing = new AbortController();
  const { signal } = closing;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await compactHead(db, clock.now()).catch((error: unknown) =>
        log(`Compaction waits: ${error instanceof Error ? error.message : String(error)}`),
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
