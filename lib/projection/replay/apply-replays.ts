import type { Selectable, Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { ReplaysTable } from "@/db/schema/replays";
import { holdProjection } from "@/lib/projection/locks";
import { saveOutcomes } from "@/lib/projection/outcomes";
import {
  loadDeliveries,
  type Projecting,
  projectHalving,
  refuseAll,
  saveReadings,
} from "@/lib/projection/project-deliveries";
import {
  hasStill,
  type Mappings,
  type ReadDelivery,
  type ReadingLimits,
  readMappings,
  readStored,
} from "@/lib/projection/read-stored";
import { changedReadings } from "@/lib/projection/replay/compare-readings";
import { keptAfter } from "@/lib/projection/replay/kept-deliveries";
import { endProgress, saveProgress } from "@/lib/projection/work-progress";

export type Replay = Selectable<ReplaysTable>;

/**
 * Works for about so many milliseconds on the replays that were begun, the oldest first:
 * what comes to something else now takes the place of what was stored, and nothing else is
 * touched. "more" asks to be called again.
 */
export async function applyReplays(
  context: Projecting,
  milliseconds: number,
): Promise<"done" | "more"> {
  const begun = performance.now();
  for (;;) {
    const replay = await oldestReplay(context);
    if (!replay) return "done";
    await replayNext(context, replay);
    if (performance.now() - begun > milliseconds) return "more";
  }
}

async function oldestReplay({ db }: Projecting): Promise<Replay | null> {
  const row = await db
    .selectFrom("replays")
    .selectAll()
    .where("finished_at", "is", null)
    .orderBy("started_at")
    .orderBy("source")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Reads the next batch of a replay, and then stores what came of it; answers how many
 * deliveries it did. Any number of workers may call it, and a stopped one is gone on with: what
 * a batch came to is one transaction under the projection's lock, and nothing where another
 * worker was first, the replay began anew or the source was given other rules. What did not
 * come to an end becomes pending, and is read again from there.
 */
export async function replayNext(
  context: Projecting,
  replay: Replay,
  limits: ReadingLimits = {},
): Promise<number> {
  const { db } = context;
  const { source } = replay;
  const ids = await keptAfter(db, source, replay);
  if (ids.length === 0) {
    await finish(context, replay);
    return 0;
  }
  const mappings = await readMappings(db, [source]);
  // What waits for its first reading is read by today's reader anyway.
  const settled = (await loadDeliveries(db, ids)).filter(({ outcome }) => outcome !== "pending");
  const read = await readStored(settled, mappings, limits);
  const last = read.length < settled.length ? (read.at(-1)?.delivery ?? 0) : Infinity;
  let place = replay;
  return projectHalving(
    ids.filter((id) => id <= last),
    async (part, refusal) => {
      const said = read.filter(({ delivery }) => part.includes(delivery));
      const batch = { part, mappings, read: refusal === null ? said : refuseRead(said, refusal) };
      const next = await saveBatch(context, place, batch);
      if (!next) return 0;
      place = next;
      return part.length;
    },
  );
}

function refuseRead(read: readonly ReadDelivery[], refusal: string): ReadDelivery[] {
  return refuseAll(
    read.map(({ delivery: id }) => ({ id })),
    refusal,
  );
}

/** Where the replay stands then; null where this is not what it goes on with. */
async function saveBatch(
  context: Projecting,
  expected: Replay,
  { part, mappings, read }: { part: readonly number[]; mappings: Mappings; read: ReadDelivery[] },
): Promise<Replay | null> {
  const { source, after, started_at } = expected;
  if (part.length === 0) return null;
  return context.db.transaction().execute(async (trx) => {
    await holdProjection(trx);
    const replay = await holdReplay(trx, source);
    if (!replay || replay.after !== after || replay.started_at.getTime() !== started_at.getTime())
      return null;
    if (!(await hasStill(trx, source, mappings))) return null;
    const changed = (await changedReadings(trx, read)).filter(
      ({ before }) => before.outcome !== "pending",
    );
    if (changed.length > 0)
      await saveOutcomes(trx, await saveReadings(trx, context, changed), context.clock.now());
    return keepPlace(
      trx,
      replay,
      part,
      changed.filter(({ reading }) => reading.outcome !== "unfinished").length,
    );
  });
}

async function holdReplay(trx: Transaction<Database>, source: string): Promise<Replay | undefined> {
  return trx
    .selectFrom("replays")
    .selectAll()
    .where("source", "=", source)
    .where("finished_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
}

async function keepPlace(
  trx: Transaction<Database>,
  replay: Replay,
  ids: readonly number[],
  changed: number,
): Promise<Replay> {
  const { source, total } = replay;
  const done = replay.done + ids.length;
  const place = { after: ids.at(-1) ?? replay.after, done, changed: replay.changed + changed };
  await trx.updateTable("replays").set(place).where("source", "=", source).execute();
  await saveProgress(trx, "replay", { phase: "reading", done, total, place: { source } });
  return { ...replay, ...place };
}

async function finish(context: Projecting, { source }: Replay): Promise<void> {
  await context.db.transaction().execute(async (trx) => {
    const replay = await holdReplay(trx, source);
    if (!replay || (await keptAfter(trx, source, replay)).length > 0) return;
    await trx
      .updateTable("replays")
      .set({ finished_at: context.clock.now() })
      .where("source", "=", source)
      .execute();
    await endProgress(trx, "replay");
  });
}
