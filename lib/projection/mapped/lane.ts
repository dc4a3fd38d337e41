import { createAlarm } from "@/lib/projection/alarm";
import { createSetAside, type SetAside } from "@/lib/projection/mapped/set-aside";
import { takeTurn } from "@/lib/projection/mapped/take-turn";
import { isAnyWaiting, waitingSources } from "@/lib/projection/mapped/waiting-sources";
import type { Projecting } from "@/lib/projection/project-deliveries";

/** Where deliveries are read by their sources' own rules, and kept ones again: beside everything else. */
export interface MappedLane {
  /** There is something to read; never waits. */
  wake(): void;
  /** Whether anything is left that is not set aside; what was settled before is committed. */
  hasWork(): Promise<boolean>;
  /** Ends at once: what is being read is left, and what came of the rest has been committed. */
  close(): Promise<void>;
}

/** A safety net: who stores a delivery wakes us. */
const pollMilliseconds = 1_000;
const firstBackoffMilliseconds = 100;
const longestBackoffMilliseconds = 10_000;

/** After a longer turn it is looked anew who waits: those that came meanwhile have waited longest. */
const longTurnMilliseconds = 1_000;

/** Keeps at it for as long as the process lives; any number of them may run over one database. */
export function startMappedLane(
  context: Projecting,
  { onSettled, log }: { onSettled: () => void; log: (line: string) => void },
): MappedLane {
  const aside = createSetAside();
  const turns = new Map<string, number>();
  const alarm = createAlarm();
  const closing = new AbortController();

  async function run(): Promise<void> {
    let backoff = firstBackoffMilliseconds;
    let settledBefore = 0;
    while (!closing.signal.aborted) {
      try {
        const { settled, isMore } = await readApart(context, { aside, turns }, closing.signal);
        backoff = firstBackoffMilliseconds;
        // Told once more when there is nothing left: somebody may wait for that.
        if (settled + settledBefore > 0) onSettled();
        settledBefore = settled;
        if (settled === 0 && !isMore) await alarm.sleep(pollMilliseconds);
      } catch (error) {
        log(`Mappings wait for the database: ${error instanceof Error ? error.message : error}`);
        await alarm.sleep(backoff);
        backoff = Math.min(backoff * 2, longestBackoffMilliseconds);
      }
    }
  }

  const running = run();
  return {
    wake: alarm.ring,
    hasWork: () => isAnyWaiting(context.db, aside),
    async close() {
      closing.abort();
      alarm.ring();
      await running;
    },
  };
}

/**
 * A turn for every source that has something to be read, whose last one is longest ago first;
 * answers how many deliveries were settled, and whether others have not had their turn yet.
 */
async function readApart(
  context: Projecting,
  { aside, turns }: { aside: SetAside; turns: Map<string, number> },
  signal: AbortSignal,
): Promise<{ settled: number; isMore: boolean }> {
  const lastOf = ({ source }: { source: string }) => turns.get(source) ?? 0;
  const waiting = await waitingSources(context.db);
  let settled = 0;
  for (const one of waiting.sort((a, b) => lastOf(a) - lastOf(b))) {
    if (signal.aborted) break;
    const begun = performance.now();
    settled += await takeTurn(context, one, aside, signal);
    turns.set(one.source, performance.now());
    if (performance.now() - begun > longTurnMilliseconds) return { settled, isMore: true };
  }
  return { settled, isMore: false };
}
