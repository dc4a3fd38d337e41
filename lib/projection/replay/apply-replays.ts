import { type Selectable, sql, type Transaction } from "kysely";
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
import { readStored } from "@/lib/projection/read-stored";
import { changedReadings } from "@/lib/projection/replay/compare-readings";
import { keptAfter } from "@/lib/projection/replay/kept-deliveries";
import { endProgress, saveProgress } from "@/lib/projection/work-progress";

type Replay = Selectable<ReplaysTable>;

/**
 * Works for about so many milliseconds on the replays that were begun, the oldest first:
 * what comes to something else now takes the place of what was stored, and nothing else is
 * touched. "more" asks to be called again. Any number of workers may call it, and a stopped
 * one is gone on with: each batch is one transaction under the projection's lock.
 */
export async function applyReplays(
  context: Projecting,
  milliseconds: number,
): Promise<"done" | "more"> {
  const begun = performance.now();
  for (;;) {
    const replay = await oldestReplay(context);
    if (!replay) return "done";
    const ids = await keptAfter(context.db, replay.source, replay);
    if (ids.length === 0) await finish(context, replay);
    else await projectHalving(ids, (part, refusal) => replayThese(context, replay, part, refusal));
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

async function replayThese(
  context: Projecting,
  { source }: Replay,
  ids: readonly number[],
  refusal: string | null,
): Promise<number> {
  return context.db.transaction().execute(async (trx) => {
    await holdProjection(trx);
    const replay = await holdReplay(trx, source);
    // Another worker may have read these meanwhile, or the replay may have begun anew.
    if (!replay || ids.some((id) => id <= replay.after) || (await isGap(trx, replay, ids)))
      return 0;
    const loaded = await loadDeliveries(trx, ids);
    // What waits for its first reading is read by today's reader anyway.
    const deliveries = loaded.filter(({ outcome }) => outcome !== "pending");
    const read =
      refusal === null ? await readStored(trx, deliveries) : refuseAll(deliveries, refusal);
    const changed = await changedReadings(trx, read);
    if (changed.length > 0)
      await saveOutcomes(trx, await saveReadings(trx, context, changed), context.clock.now());
    await keepPlace(trx, replay, ids, changed.length);
    return ids.length;
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

/** Whether others stand between those that were read and these: a replay that began anew. */
async function isGap(
  trx: Transaction<Database>,
  { source, after }: Replay,
  [first = 0]: readonly number[],
): Promise<boolean> {
  const { rows } = await sql<{ gap: boolean }>`
    select exists (
      select from deliveries where source = ${source} and id > ${after} and id < ${first}
    ) as gap`.execute(trx);
  return rows[0]?.gap ?? true;
}

async function keepPlace(
  trx: Transaction<Database>,
  replay: Replay,
  ids: readonly number[],
  changed: number,
): Promise<void> {
  const { source, total } = replay;
  const done = replay.done + ids.length;
  await trx
    .updateTable("replays")
    .set({ after: ids.at(-1) ?? replay.after, done, changed: replay.changed + changed })
    .where("source", "=", source)
    .execute();
  await saveProgress(trx, "replay", { phase: "reading", done, total, place: { source } });
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
