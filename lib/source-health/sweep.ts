import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";

const keptMilliseconds = 92 * 86_400_000;

/** Deletes what was counted longer ago than 92 days: habits are of four weeks, and a silence may be long. */
export async function sweepCounts(db: Kysely<Database>, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptMilliseconds);
  await db.deleteFrom("source_hours").where("hour", "<", before).execute();
  await db
    .deleteFrom("source_outcomes")
    .where("day", "<", before.toISOString().slice(0, 10))
    .execute();
}
