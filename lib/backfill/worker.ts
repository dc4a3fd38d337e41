import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { claimBackfill } from "@/lib/backfill/claim";
import { runBackfill } from "@/lib/backfill/run-backfill";
import type { Context } from "@/lib/context";

export interface Backfills {
  close(): Promise<void>;
}

const pollMilliseconds = 2_000;

/**
 * Goes on with whatever backfill has its turn, one at a time, for as long as the process
 * lives. Any number of processes may: each takes what nobody is at. With `only` it is
 * about that one alone.
 */
export function startBackfills(
  context: Pick<Context, "db" | "ingestDb" | "config" | "clock" | "vault">,
  log: (line: string) => void = console.error,
  only: string | null = null,
): Backfills {
  const holder = randomBytes(9).toString("base64url");
  const closing = new AbortController();
  const { signal } = closing;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        const claimed = await claimBackfill(context.db, holder, context.clock.now(), only);
        if (claimed) {
          await runBackfill(context, claimed, { holder, signal, log });
          continue;
        }
      } catch (error) {
        log(`Backfills wait: ${error instanceof Error ? error.message : String(error)}`);
      }
      await setTimeout(pollMilliseconds, undefined, { signal }).catch(() => undefined);
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
