import type { Context } from "@/lib/context";
import { prunePositions, sequence } from "@/lib/live/sequence";
import { createAlarm } from "@/lib/projection/alarm";

/** A safety net: every announcement notifies. */
const pollMilliseconds = 1_000;
const pruneEveryMilliseconds = 600_000;
const keptMilliseconds = 24 * 3_600_000;
const backoffMilliseconds = 500;

export interface Sequencer {
  wake(): void;
  close(): Promise<void>;
}

/** Hands out positions for as long as the process lives; any number may run over one database. */
export function startSequencer(context: Pick<Context, "db" | "clock">): Sequencer {
  const alarm = createAlarm();
  let closed = false;
  let prunedAt = Number.NEGATIVE_INFINITY;

  async function round(): Promise<void> {
    while (!closed && (await sequence(context.db)) > 0);
    const now = context.clock.now().getTime();
    if (now - prunedAt < pruneEveryMilliseconds) return;
    prunedAt = now;
    await prunePositions(context.db, new Date(now - keptMilliseconds));
  }

  async function run(): Promise<void> {
    while (!closed) {
      try {
        await round();
        await alarm.sleep(pollMilliseconds);
      } catch {
        // The database is away; the door and the projection say so already.
        await alarm.sleep(backoffMilliseconds);
      }
    }
  }

  const running = run();
  return {
    wake: alarm.ring,
    async close() {
      closed = true;
      alarm.ring();
      await running;
    },
  };
}
