import { setTimeout } from "node:timers/promises";

/** Work that goes on in the background until it is closed. */
export interface Rounds {
  close(): Promise<void>;
}

/**
 * Does a round, waits, and does the next, for as long as the process lives; what went
 * wrong with one is told, and the next begins all the same. Closing ends the wait, tells
 * the running round by its signal, and resolves once that is over.
 */
export function startRounds(
  everyMilliseconds: number,
  round: (signal: AbortSignal) => Promise<unknown>,
  tell: (why: string) => void,
): Rounds {
  const closing = new AbortController();
  const { signal } = closing;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await round(signal).catch((error: unknown) =>
        tell(error instanceof Error ? error.message : String(error)),
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
