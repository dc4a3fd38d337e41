import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import type { Context } from "@/lib/context";
import { assessIncident, type Occasion } from "@/lib/matching/assess-incident";
import { readDue, readMoreKnown } from "@/lib/matching/read-due";

export interface Assessor {
  /** An incident came, changed or went. */
  wake(): void;
  close(): Promise<void>;
}

export interface AssessorOptions {
  /** Streams were marked: derivation has work. */
  onAssessed: () => void;
  log?: (line: string) => void;
}

const pollMilliseconds = 2_000;
/** What came late is looked for this often, so that a backfill judges each incident a few times, not hundreds. */
const moreKnownMilliseconds = 15_000;
const assessorLock = 7_402_003;

/** Keeps every incident judged when it is due; one process of many does it at a time. */
export function startAssessor(context: Context, options: AssessorOptions): Assessor {
  const { onAssessed, log = console.error } = options;
  const closing = new AbortController();
  let woken = false;
  let sleeper = new AbortController();
  let lookedAt = context.clock.now();

  async function sweep(): Promise<number> {
    const judged = await judgeDue(context);
    const now = context.clock.now();
    if (now.getTime() - lookedAt.getTime() < moreKnownMilliseconds) return judged;
    const since = lookedAt;
    lookedAt = now;
    return judged + (await judgeMoreKnown(context, since));
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      woken = false;
      try {
        const judged = await sweep();
        if (judged > 0) onAssessed();
        if (judged > 0 || woken) continue;
      } catch (error) {
        log(`Assessment waits: ${error instanceof Error ? error.message : String(error)}`);
      }
      sleeper = new AbortController();
      await setTimeout(pollMilliseconds, undefined, { signal: sleeper.signal }).catch(
        () => undefined,
      );
    }
  }

  const running = run();
  return {
    wake() {
      woken = true;
      sleeper.abort();
    },
    async close() {
      closing.abort();
      sleeper.abort();
      await running;
    },
  };
}

/** Judges all that is due now and answers how many; 0 too while another process is at it. */
export async function judgeDue(context: Context): Promise<number> {
  return alone(context, async () => {
    const due = await readDue(context.db, context.clock.now());
    for (const { incident, occasion } of due) await assessIncident(context, incident, occasion);
    return due.length;
  });
}

/** Judges anew what has come to have more candidates since. */
export async function judgeMoreKnown(context: Context, since: Date): Promise<number> {
  return alone(context, async () => {
    const incidents = await readMoreKnown(context.db, context.config, since);
    const occasion: Occasion = "more_known";
    for (const incident of incidents) await assessIncident(context, incident, occasion);
    return incidents.length;
  });
}

async function alone(context: Context, work: () => Promise<number>): Promise<number> {
  return context.db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(${assessorLock}) as mine`.execute(trx);
    return rows[0]?.mine ? work() : 0;
  });
}
