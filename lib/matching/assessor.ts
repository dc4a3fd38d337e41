import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import type { Context } from "@/lib/context";
import { putOff } from "@/lib/facts/await-judgements";
import { askMoreKnown } from "@/lib/matching/ask-more-known";
import { assessIncident } from "@/lib/matching/assess-incident";
import { readDue } from "@/lib/matching/read-due";

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
  let lookedAt = performance.now();

  async function sweep(): Promise<number> {
    const judged = await judgeDue(context, log);
    if (performance.now() - lookedAt < moreKnownMilliseconds) return judged;
    lookedAt = performance.now();
    return judged + (await lookForMore(context));
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      woken = false;
      try {
        const judged = await sweep();
        if (judged > 0) onAssessed();
        if (judged > 0 || woken) continue;
      } catch (error) {
        log(`Assessment waits: ${messageOf(error)}`);
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

/**
 * Judges a slice of what is due now and answers how many incidents it dealt with; 0 too while
 * another process is at it. One whose judging fails is put off, and holds up no other.
 */
export async function judgeDue(
  context: Context,
  log: (line: string) => void = console.error,
): Promise<number> {
  return alone(context, async () => {
    const due = await readDue(context.db, context.clock.now());
    for (const one of due)
      try {
        await assessIncident(context, one);
      } catch (error) {
        // Where the database cannot be worked with, this fails as well.
        await putOff(context.db, one.incident.id, one.awaited, context.clock.now());
        log(`Incident ${one.incident.id} could not be judged: ${messageOf(error)}`);
      }
    return due.length;
  });
}

/** Deliveries are committed a moment after the time that they are marked with. */
const settledMilliseconds = 5_000;
const lookedUntil = "more_known_until";

/**
 * Has judged anew what has come to have more candidates since this was last asked, by whichever
 * process and however long ago; answers how many incidents those are.
 */
export async function lookForMore(context: Context): Promise<number> {
  return alone(context, async () => {
    const { db, config, clock } = context;
    const until = new Date(clock.now().getTime() - settledMilliseconds);
    const row = await db
      .selectFrom("instance_settings")
      .select("value")
      .where("name", "=", lookedUntil)
      .executeTakeFirst();
    const after = row ? new Date(row.value) : until;
    const asked = after < until ? await askMoreKnown(db, config, { after, until }) : 0;
    const value = until.toISOString();
    if (!row || after < until)
      await db
        .insertInto("instance_settings")
        .values({ name: lookedUntil, value })
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
        .execute();
    return asked;
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function alone(context: Context, work: () => Promise<number>): Promise<number> {
  return context.db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(${assessorLock}) as mine`.execute(trx);
    return rows[0]?.mine ? work() : 0;
  });
}
