import { canonicalJson } from "@/lib/facts/canonical";
import { claimSource, holdProjection } from "@/lib/projection/locks";
import type { SetAside } from "@/lib/projection/mapped/set-aside";
import { waitingOf } from "@/lib/projection/mapped/waiting-sources";
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
import { type Replay, replayNext } from "@/lib/projection/replay/apply-replays";
import { recordProjected } from "@/lib/telemetry/record-projected";

/** After this long it is another source's turn; one reading may take longer. */
const turnMilliseconds = 500;

/**
 * Reads what waits of a source and, where it is read again, the next of that; answers how much
 * of it was settled. Nothing is held while a mapping works but the source itself, that no other
 * process does the same: what came of it is stored under the projection's lock, as long as it
 * still waits and by the rules that it was read by.
 */
export async function takeTurn(
  context: Projecting,
  { source, replay }: { source: string; replay: Replay | null },
  aside: SetAside,
  signal?: AbortSignal,
): Promise<number> {
  return context.db.transaction().execute(async (claim) => {
    if (!(await claimSource(claim, source))) return 0;
    const rules = await readMappings(context.db, [source]);
    aside.follow(source, canonicalJson(rules.get(source) ?? null));
    if (aside.isResting(source, performance.now())) return 0;
    const settled = await projectWaiting(context, source, rules, aside, {
      goesOn: within(source, aside),
      signal,
    });
    if (!replay || aside.isResting(source, performance.now())) return settled;
    return settled + (await replayNext(context, replay, { goesOn: within(source, aside), signal }));
  });
}

/** Goes on for its time, unless nothing comes to an end. */
function within(source: string, aside: SetAside): (last: ReadDelivery) => boolean {
  const begun = performance.now();
  return ({ delivery, reading }) => {
    const now = performance.now();
    aside.note(source, delivery, reading.outcome !== "unfinished", now);
    return now - begun < turnMilliseconds && !aside.isResting(source, now);
  };
}

async function projectWaiting(
  context: Projecting,
  source: string,
  mappings: Mappings,
  aside: SetAside,
  limits: ReadingLimits,
): Promise<number> {
  const { db } = context;
  const ids = await waitingOf(db, source, aside.deliveries(performance.now()));
  if (ids.length === 0) return 0;
  const read = await readStored(await loadDeliveries(db, ids), mappings, limits);
  if (read.length === 0) return 0;
  const readings = new Map(read.map((one) => [one.delivery, one]));
  return projectHalving([...readings.keys()], (part, refusal) => {
    const said = part.flatMap((id) => readings.get(id) ?? []);
    return saveThese(context, source, mappings, said, refusal);
  });
}

async function saveThese(
  context: Projecting,
  source: string,
  mappings: Mappings,
  read: readonly ReadDelivery[],
  refusal: string | null,
): Promise<number> {
  const started = performance.now();
  const outcomes = await context.db.transaction().execute(async (trx) => {
    await holdProjection(trx);
    if (!(await hasStill(trx, source, mappings))) return [];
    const loaded = await trx
      .selectFrom("deliveries")
      .select("id")
      .where("outcome", "=", "pending")
      .where(
        "id",
        "in",
        read.map(({ delivery }) => delivery),
      )
      .execute();
    const pending = new Set(loaded.map(({ id }) => id));
    const still = read.filter(({ delivery }) => pending.has(delivery));
    const told = refusal === null ? still : refuseAll(loaded, refusal);
    const outcomes = await saveReadings(trx, context, told);
    await saveOutcomes(trx, outcomes, context.clock.now());
    return outcomes.filter(({ outcome }) => outcome !== "pending");
  });
  recordProjected(
    outcomes.map(({ outcome }) => outcome),
    (performance.now() - started) / 1000,
  );
  return outcomes.length;
}
