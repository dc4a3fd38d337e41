import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { BackfillsTable } from "@/db/schema/backfills";

export type Backfill = Selectable<BackfillsTable>;

/** Whoever is at one says so again long before; a killed process is waited for so long. */
const leaseMilliseconds = 60_000;

/** One whose turn it is and that nobody is at, for this holder; null: there is none. */
export async function claimBackfill(
  db: Kysely<Database>,
  holder: string,
  now: Date,
  only: string | null = null,
): Promise<Backfill | null> {
  const claimed = await db
    .updateTable("backfills")
    .set({ lease_holder: holder, lease_until: leaseFrom(now) })
    .where("id", "=", (from) =>
      from
        .selectFrom("backfills")
        .select("id")
        .where("state", "=", "running")
        .where(sql<boolean>`coalesce(next_at <= ${now}, true)`)
        .where(sql<boolean>`(lease_holder = ${holder} or coalesce(lease_until <= ${now}, true))`)
        .where(sql<boolean>`coalesce(id = ${only}, true)`)
        .orderBy("updated_at")
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .executeTakeFirst();
  return claimed ?? null;
}

/** Still at it. False where another has it by now. */
export async function renewLease(
  db: Kysely<Database>,
  id: string,
  holder: string,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("backfills")
    .set({ lease_until: leaseFrom(now) })
    .where("id", "=", id)
    .where("lease_holder", "=", holder)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Lets go of it, so that another may go on at once. */
export async function releaseBackfill(
  db: Kysely<Database>,
  id: string,
  holder: string,
): Promise<void> {
  await db
    .updateTable("backfills")
    .set({ lease_holder: null, lease_until: null })
    .where("id", "=", id)
    .where("lease_holder", "=", holder)
    .execute();
}

/**
 * Writes what came of a step, and answers the row as it is then: a person may have
 * paused or stopped it meanwhile. Null where another has it by now; then nothing is written.
 */
export async function saveStep(
  trx: Transaction<Database>,
  { id }: Pick<Backfill, "id">,
  holder: string,
  now: Date,
  changes: Partial<Pick<Backfill, "attempts" | "next_at" | "error" | "progress">>,
): Promise<Backfill | null> {
  const { progress, ...others } = changes;
  const row = await trx
    .updateTable("backfills")
    .set({
      ...others,
      ...(progress && { progress: JSON.stringify(progress) }),
      updated_at: now,
      lease_until: leaseFrom(now),
    })
    .where("id", "=", id)
    .where("lease_holder", "=", holder)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + leaseMilliseconds);
}
