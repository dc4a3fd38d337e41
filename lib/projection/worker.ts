import type { Context } from "@/lib/context";
import { createAlarm } from "@/lib/projection/alarm";
import { applyRules, followRules } from "@/lib/projection/apply-rules";
import { deriveRound, type Resting } from "@/lib/projection/derive-round";
import { createHandover } from "@/lib/projection/handover";
import { startMappedLane } from "@/lib/projection/mapped/lane";
import { projectPending } from "@/lib/projection/project-deliveries";
import { adoptMappings } from "@/lib/projection/replay/save-mapping";

export interface Projection {
  /** There is something to do; never waits. */
  wake(): void;
  /** Resolves when nothing is pending, dirty or handed on; rejects when a stream cannot be derived. */
  idle(): Promise<void>;
  /** Ends when what is under way has been committed. */
  close(): Promise<void>;
}

export interface ProjectionOptions {
  /** An incident came, changed or went: called after the commit, one at a time. */
  onIncident?: (incident: string) => Promise<void>;
  log?: (line: string) => void;
}

interface Idler {
  resolve(): void;
  reject(error: Error): void;
}

const deliveriesAtOnce = 400;
/** A safety net: who stores a delivery wakes us, other processes notify. */
const pollMilliseconds = 1_000;
/** Another worker has what is left: look again soon. */
const busyMilliseconds = 20;
const firstBackoffMilliseconds = 100;
const longestBackoffMilliseconds = 10_000;
/** Deliveries are drained so long before streams are derived, and the other way round. */
const sliceMilliseconds = 500;
/** With a backlog drains get longer, so that a stream is not derived for each batch of a burst. */
const longestDrainMilliseconds = 4_000;

/**
 * Keeps facts and derivations up to date with the deliveries for as long as the
 * process lives. What is read by its source's own rules, or once more, has a lane of
 * its own. Trouble with the database is waited out; any number of workers may run over
 * one database.
 */
export function startProjection(
  context: Pick<Context, "db" | "config" | "clock">,
  { onIncident = async () => undefined, log = console.error }: ProjectionOptions = {},
): Projection {
  const alarm = createAlarm();
  const closing = createAlarm();
  const resting: Resting = new Map();
  const handover = createHandover(onIncident, alarm.ring, (incident, error) =>
    log(`Incident ${incident} could not be handed on: ${messageOf(error)}`),
  );
  const mapped = startMappedLane(context, { onSettled: alarm.ring, log });
  let closed = false;
  let drain = sliceMilliseconds;
  const idlers: Idler[] = [];

  let appliedConfig: Context["config"] | null = null;
  let rulesSlice = sliceMilliseconds;
  let derivesByRules = true;
  /** A slice of what other rules ask for, between rounds of work; answers whether more is left. */
  async function applyChangedRules(): Promise<boolean> {
    const { config } = context;
    if (config !== appliedConfig) {
      await adoptMappings(context);
      mapped.wake();
      const step = await applyRules(context, rulesSlice);
      rulesSlice = Math.min(rulesSlice * 2, longestDrainMilliseconds);
      if (step === "more") return true;
      if (step === "applied") log("The rules have changed: they were applied to what was there.");
      appliedConfig = config;
      rulesSlice = sliceMilliseconds;
      derivesByRules = true;
    }
    return false;
  }

  /** One round of work; how much of it there was, and how much of that was ours. */
  async function work(): Promise<{ seen: number; done: number }> {
    const begun = performance.now();
    let projected = { seen: 0, settled: 0 };
    const total = { seen: 0, done: 0 };
    do {
      projected = await projectPending(context, deliveriesAtOnce);
      total.seen += projected.seen;
      total.done += projected.settled;
    } while (projected.settled > 0 && !closed && performance.now() - begun < drain);
    drain = projected.seen > 0 ? Math.min(drain * 2, longestDrainMilliseconds) : sliceMilliseconds;
    const round = await deriveRound(context, resting, sliceMilliseconds, (stream, error) =>
      log(`${stream.service} in ${stream.environment} cannot be derived: ${messageOf(error)}`),
    );
    handover.add(round.derivations.flatMap((derivation) => derivation.incidents));
    return {
      seen: total.seen + round.seen,
      done: total.done + round.derivations.length,
    };
  }

  function answer(asking: readonly Idler[]): void {
    const [rest] = resting.values();
    for (const idler of asking) rest ? idler.reject(rest.error) : idler.resolve();
  }

  async function run(): Promise<void> {
    let backoff = firstBackoffMilliseconds;
    while (!closed) {
      // Who asks while we work may mean what came after we looked.
      const asking = idlers.splice(0);
      try {
        const moreRules = await applyChangedRules();
        // Asked before the rest is looked at: what was read apart until now is derived below.
        const isReadingApart = await mapped.hasWork();
        const { seen, done } = await work();
        if (derivesByRules) derivesByRules = await followRules(context);
        backoff = firstBackoffMilliseconds;
        if (seen === 0 && !moreRules && !isReadingApart && handover.isEmpty())
          answer(asking.splice(0));
        if (done === 0 && !moreRules)
          await alarm.sleep(seen > 0 ? busyMilliseconds : pollMilliseconds);
      } catch (error) {
        log(`Projection waits for the database: ${messageOf(error)}`);
        await closing.sleep(backoff);
        backoff = Math.min(backoff * 2, longestBackoffMilliseconds);
      }
      idlers.push(...asking);
    }
  }

  function wake(): void {
    alarm.ring();
    mapped.wake();
  }

  const running = run();
  return {
    wake,
    idle: () =>
      new Promise((resolve, reject) => {
        idlers.push({ resolve, reject });
        wake();
      }),
    async close() {
      closed = true;
      alarm.ring();
      closing.ring();
      await Promise.all([running, mapped.close(), handover.close()]);
      answer(idlers.splice(0));
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
