import { type Kysely, sql } from "kysely";
import { createDatabase } from "@/db/client";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import { digest } from "@/lib/facts/digest";
import { makeHeights } from "@/lib/facts/heights";
import { deriveRound } from "@/lib/projection/derive-round";
import { holdGeneration, holdProjection } from "@/lib/projection/locks";
import { markEveryStream } from "@/lib/projection/mark-every-stream";
import { catchUp, countUnread } from "@/lib/projection/rebuild/catch-up";
import { fingerprintOf } from "@/lib/projection/rebuild/fingerprint";
import {
  analyzeGeneration,
  createGeneration,
  dropGeneration,
  type Generation,
  openGeneration,
  refreshAssessments,
} from "@/lib/projection/rebuild/generation";
import { createLeftOut, type LeftOut } from "@/lib/projection/rebuild/left-out";
import { countFacts, makeFacts } from "@/lib/projection/rebuild/make-facts";
import { keepPlace, readPlace } from "@/lib/projection/rebuild/place";
import { readDeliveries } from "@/lib/projection/rebuild/read-deliveries";
import { refreshMappings } from "@/lib/projection/rebuild/refresh-mappings";
import { shareHistories } from "@/lib/projection/rebuild/share-histories";
import { applyGeneration } from "@/lib/projection/rebuild/swap";
import { takeOver } from "@/lib/projection/rebuild/take-over";
import { tellOfRebuild } from "@/lib/projection/rebuild/tell";

export interface Rebuilt {
  /** Read this time; what a stopped rebuild had read before is not among them. */
  deliveries: number;
  before: string;
  after: string;
  /** How many rows differed from the live ones, by table. */
  differing: Record<string, number>;
}

export type Log = (line: string) => void;

/** With no more than this left the swap begins, during which the live projection waits. */
const fewEnough = 1_000;

/**
 * Makes all facts and derivations anew from the raw deliveries, with the stored
 * assessments, beside the live ones; catches up with what arrives meanwhile and
 * swaps in one transaction. Pages stay whole and deliveries are taken all along.
 * Stopped at any moment, the next one goes on where it was, unless code, rules or
 * `anew` say otherwise.
 */
export async function rebuild(
  input: Pick<Context, "config" | "clock"> & { url: string; log: Log; anew?: boolean },
): Promise<Rebuilt> {
  const { url, config, clock, log, anew = false } = input;
  const live = createDatabase(url, {
    max: 4,
    applicationName: "pushline-rebuild",
    statementTimeoutMs: 0,
  });
  const next = openGeneration(url);
  const generation = { db: next.db, config, clock };
  try {
    return await alone(live.db, async () => {
      if (anew) await dropGeneration(live.db);
      const { goesOn } = await createGeneration(live.db, await fingerprintOf(config));
      if (goesOn) log("Going on where a rebuild was stopped.");
      const leftOut = createLeftOut();
      const read = await fill(generation, leftOut, live.db, log);
      const { caughtUp, ...swapped } = await swap(generation, leftOut, live.db, log);
      await dropGeneration(live.db);
      return { deliveries: read + caughtUp, ...swapped };
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

/** All but the last few deliveries: read, made into facts, derived. Answers how many it read. */
async function fill(
  generation: Generation,
  leftOut: LeftOut,
  live: Kysely<Database>,
  log: Log,
): Promise<number> {
  const { db } = generation;
  const told = tellOfRebuild(live, log);
  let read = 0;
  const count = async (deliveries: number) => {
    read += deliveries;
    await told.add(deliveries);
  };
  let { phase, after } = await readPlace(db);
  if (phase === "reading") {
    await told.begin("reading", "deliveries", await countUnread(db, leftOut));
    await readDeliveries(generation, leftOut, count);
    await keepPlace(db, { phase: "facts", after: "" });
    phase = "facts";
  }
  if (phase === "facts") {
    await told.begin(
      "facts",
      "facts",
      (await countFacts(generation)) - (await countMade(db, after)),
    );
    await makeFacts(generation, after, told.add);
    after = "";
    await db.transaction().execute(async (trx) => {
      await makeHeights(trx);
      await markEveryStream(trx);
      await keepPlace(trx, { phase: "deriving", after });
    });
  }
  while ((await countUnread(db, leftOut)) > fewEnough)
    await count(await catchUp(generation, leftOut));
  await analyzeGeneration(db);
  await told.begin("deriving", "streams", await countDirty(db));
  await deriveEverything(generation, told.add);
  // Nobody waits for mappings yet.
  await refreshMappings(generation, leftOut);
  for (let mapped = fewEnough; mapped > 0; await count(mapped))
    mapped = await catchUp(generation, leftOut, "mapped");
  await told.end();
  return read;
}

/** Facts that a stopped rebuild had made. */
async function countMade(db: Kysely<Database>, after: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count
    from (select distinct fact_id from statements where fact_id <= ${after}) as facts`.execute(db);
  return rows[0]?.count ?? 0;
}

async function countDirty(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from streams where dirty_from is not null`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Holds the live projection and derivation, does what is left, mappings apart, and swaps. */
async function swap(
  generation: Generation,
  leftOut: LeftOut,
  live: Kysely<Database>,
  log: Log,
): Promise<Omit<Rebuilt, "deliveries"> & { caughtUp: number }> {
  return live.transaction().execute(async (trx) => {
    await holdProjection(trx);
    await holdGeneration(trx);
    const before = await digest(live);
    await refreshMappings(generation, leftOut);
    let caughtUp = 0;
    for (let read = -1; read !== 0; caughtUp += read)
      read = await catchUp(generation, leftOut, "others");
    const taken = await takeOver(generation);
    if (taken > 0) log(`Took over ${taken} deliveries as they stand: they could not be read now.`);
    await refreshAssessments(generation);
    await deriveEverything(generation, async () => undefined);
    const after = await digest(generation.db);
    log(`Caught up with ${caughtUp} more deliveries; swapping.`);
    return { caughtUp, before, after, differing: await applyGeneration(trx) };
  });
}

async function deriveEverything(
  generation: Generation,
  onDerived: (streams: number) => Promise<void>,
): Promise<void> {
  const failed = (stream: { service: string; environment: string }, error: Error): never => {
    throw new Error(`${stream.service} in ${stream.environment} cannot be derived`, {
      cause: error,
    });
  };
  // Nothing is told of the generation's repositories while it is derived.
  const deriving = { ...generation, histories: shareHistories(generation.db) };
  for (;;) {
    const round = await deriveRound(deriving, new Map(), roundMilliseconds, failed);
    if (round.seen === 0) return;
    await onDerived(round.derivations.length);
  }
}

const roundMilliseconds = 2_000;
