import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import { saveFacts } from "@/lib/facts/save-facts";
import { mergeFacts, replaceStatements } from "@/lib/facts/statements";
import { holdProjection } from "@/lib/projection/locks";
import { type DeliveryOutcome, outcomeOf, saveOutcomes } from "@/lib/projection/outcomes";
import type { DeliveryReading } from "@/lib/projection/read-delivery";
import {
  type ReadDelivery,
  readStored,
  type StoredDelivery,
  spokenBy,
} from "@/lib/projection/read-stored";
import { isPoison } from "@/lib/projection/trouble";
import { mappedProvider } from "@/lib/sources/registry";
import { recordProjected } from "@/lib/telemetry/record-projected";

export type Projecting = Pick<Context, "db" | "config" | "clock">;

/**
 * Projects the oldest pending deliveries, one batch in one transaction, and
 * answers how many it saw and how many of them it settled (another worker may
 * have been first). What is read by its source's own rules takes time, and is
 * not among them. What Postgres or merging refuses is found by halving and
 * quarantined alone; trouble with the database itself is thrown.
 */
export async function projectPending(
  context: Projecting,
  atMost: number,
): Promise<{ seen: number; settled: number }> {
  const ids = await pendingIds(context, atMost);
  if (ids.length === 0) return { seen: 0, settled: 0 };
  const settled = await projectHalving(ids, (part, refusal) =>
    projectThese(context, part, refusal),
  );
  return { seen: ids.length, settled };
}

/** Runs `project` on all at once; when that is refused, on halves, down to the one at fault. */
export async function projectHalving(
  ids: readonly number[],
  project: (ids: readonly number[], refusal: string | null) => Promise<number>,
): Promise<number> {
  try {
    return await project(ids, null);
  } catch (error) {
    if (!isPoison(error)) throw error;
    if (ids.length === 1) return project(ids, error.message);
    const half = Math.ceil(ids.length / 2);
    const first = await projectHalving(ids.slice(0, half), project);
    return first + (await projectHalving(ids.slice(half), project));
  }
}

const batchBytes = 32 * 1024 * 1024;
const withoutRules = new Map<string, never>();

/** As many as fit into memory comfortably; one of any size. */
async function pendingIds({ db }: Projecting, atMost: number): Promise<number[]> {
  const { rows } = await sql<{ id: number; before: number }>`
    select id, coalesce(sum(bytes) over (order by id rows between unbounded preceding and 1 preceding), 0)::bigint as before
    from (
      select id, octet_length(body) as bytes from deliveries
      where outcome = 'pending' and provider <> ${sql.lit(mappedProvider)} order by id limit ${atMost}
    ) as pending
    order by id`.execute(db);
  return rows.filter((row) => row.before < batchBytes).map((row) => row.id);
}

async function projectThese(
  context: Projecting,
  ids: readonly number[],
  refusal: string | null,
): Promise<number> {
  const started = performance.now();
  const outcomes = await context.db.transaction().execute(async (trx) => {
    await holdProjection(trx);
    const loaded = await loadDeliveries(trx, ids);
    // Another projector may have settled some meanwhile.
    const deliveries = loaded.filter((delivery) => delivery.outcome === "pending");
    const read =
      refusal === null
        ? await readStored(deliveries, withoutRules)
        : refuseAll(deliveries, refusal);
    const outcomes = await saveReadings(trx, context, read);
    await saveOutcomes(trx, outcomes, context.clock.now());
    return outcomes;
  });
  recordProjected(
    outcomes.map(({ outcome }) => outcome),
    (performance.now() - started) / 1000,
  );
  return outcomes.length;
}

export async function loadDeliveries(
  db: Kysely<Database>,
  ids: readonly number[],
): Promise<StoredDelivery[]> {
  return db
    .selectFrom("deliveries")
    .select(["id", "source", "provider", "headers", "body", "received_at", "outcome"])
    .where(sql<boolean>`id = any(${[...ids]}::bigint[])`)
    .orderBy("id")
    .execute();
}

/**
 * Brings statements and facts up to date with what deliveries were read as; the caller stores
 * the outcomes. Of one whose reading did not end stands what it was found to say before.
 */
export async function saveReadings(
  trx: Transaction<Database>,
  { config }: Pick<Context, "config">,
  read: readonly ReadDelivery[],
): Promise<DeliveryOutcome[]> {
  const finished = read.filter(({ reading }) => reading.outcome !== "unfinished");
  const touched = await replaceStatements(trx, finished.map(spokenBy));
  if (touched.length > 0) await saveFacts(trx, config, await mergeFacts(trx, touched));
  return read.map(({ delivery, reading }) => outcomeOf(delivery, reading));
}

/** What each says that Postgres or merging would not take: nothing. */
export function refuseAll(
  deliveries: readonly Pick<StoredDelivery, "id">[],
  reason: string,
): ReadDelivery[] {
  return deliveries.map(({ id }) => ({ delivery: id, reading: refused(reason) }));
}

/** The reading of a delivery that Postgres or merging would not take. */
export function refused(reason: string): DeliveryReading {
  return { outcome: "failed", code: "fact_refused", reason };
}
