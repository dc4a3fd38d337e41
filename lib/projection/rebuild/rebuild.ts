import { type Kysely, sql } from "kysely";
import { createDatabase } from "@/db/client";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import { digest } from "@/lib/facts/digest";
import { deriveRound } from "@/lib/projection/derive-round";
import { holdGeneration, holdProjection } from "@/lib/projection/locks";
import { countUnread, readNext } from "@/lib/projection/rebuild/catch-up";
import {
  createGeneration,
  dropGeneration,
  type Generation,
  openGeneration,
  refreshAssessments,
} from "@/lib/projection/rebuild/generation";
import { applyGeneration } from "@/lib/projection/rebuild/swap";

export interface Rebuilt {
  deliveries: number;
  before: string;
  after: string;
  /** How many rows differed from the live ones, by table. */
  differing: Record<string, number>;
}

type Log = (line: string) => void;

/** With no more than this left the swap begins, during which the live projection waits. */
const fewEnough = 1_000;
const linesEvery = 5_000;

/**
 * Makes all facts and derivations anew from the raw deliveries, with the stored
 * assessments, beside the live ones; catches up with what arrives meanwhile and
 * swaps in one transaction. Pages stay whole and deliveries are taken all along.
 */
export async function rebuild(
  input: Pick<Context, "config" | "clock"> & { url: string; log: Log },
): Promise<Rebuilt> {
  const { url, config, clock, log } = input;
  const live = createDatabase(url, {
    max: 4,
    applicationName: "pushline-rebuild",
    statementTimeoutMs: 0,
  });
  const next = openGeneration(url);
  const generation = { db: next.db, config, clock };
  try {
    return await alone(live.db, async () => {
      await createGeneration(live.db);
      try {
        const filled = await fill(generation, log);
        const { caughtUp, ...swapped } = await swap(generation, live.db, log);
        return { deliveries: filled + caughtUp, ...swapped };
      } finally {
        // What cannot be dropped now is dropped by the next rebuild.
        await dropGeneration(live.db).catch(() => undefined);
      }
    });
  } finally {
    await Promise.all([next.close(), live.close()]);
  }
}

/** One rebuild at a time; the lock goes with its connection, however this ends. */
function alone<Result>(db: Kysely<Database>, work: () => Promise<Result>): Promise<Result> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ held: boolean }>`
      select pg_try_advisory_lock(hashtextextended('pushline rebuild', 0)) as held`.execute(
      connection,
    );
    if (!rows[0]?.held) throw new Error("Another rebuild is under way: wait for it to end.");
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended('pushline rebuild', 0))`.execute(
        connection,
      );
    }
  });
}

async function fill(generation: Generation, log: Log): Promise<number> {
  let after = 0;
  let done = 0;
  let left = await countUnread(generation.db, after);
  const total = left;
  log(`Reading ${total} deliveries again.`);
  while (left > 0 && (left > fewEnough || done < total)) {
    const batch = await readNext(generation, after);
    if (batch.read === 0) break;
    after = batch.last;
    if (Math.floor((done + batch.read) / linesEvery) > Math.floor(done / linesEvery))
      log(`  ${done + batch.read} of ${total}`);
    done += batch.read;
    left -= batch.read;
    if (left <= 0) left = await countUnread(generation.db, after);
  }
  log(`Derived ${await deriveEverything(generation)} streams.`);
  return done;
}

/** Holds the live projection and derivation, does what is left, and swaps. */
async function swap(
  generation: Generation,
  live: Kysely<Database>,
  log: Log,
): Promise<Omit<Rebuilt, "deliveries"> & { caughtUp: number }> {
  return live.transaction().execute(async (trx) => {
    await holdProjection(trx);
    await holdGeneration(trx);
    const before = await digest(live);
    let caughtUp = 0;
    // From the beginning: what was committed late has an earlier number.
    for (let read = -1; read !== 0; caughtUp += read) read = (await readNext(generation, 0)).read;
    await refreshAssessments(generation);
    await deriveEverything(generation);
    const after = await digest(generation.db);
    log(`Caught up with ${caughtUp} more deliveries; swapping.`);
    return { caughtUp, before, after, differing: await applyGeneration(trx) };
  });
}

async function deriveEverything(generation: Generation): Promise<number> {
  const failed = (stream: { service: string; environment: string }, error: Error): never => {
    throw new Error(`${stream.service} in ${stream.environment} cannot be derived`, {
      cause: error,
    });
  };
  for (let derived = 0; ; ) {
    const round = await deriveRound(generation, new Map(), Number.POSITIVE_INFINITY, failed);
    if (round.seen === 0) return derived;
    derived += round.derivations.length;
  }
}
