import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";

export interface Position {
  position: number;
  topic: string;
  payload: Record<string, unknown>;
}

/** What came after a position, oldest first. */
export function readPositions(
  db: Kysely<Database>,
  after: number,
  limit: number,
): Promise<Position[]> {
  return db
    .selectFrom("live_positions")
    .select(["position", "topic", "payload"])
    .where("position", ">", after)
    .orderBy("position")
    .limit(limit)
    .execute();
}

/** The oldest position kept and the newest; 0 and 0 before the first. */
export async function readBounds(
  db: Kysely<Database>,
): Promise<{ oldest: number; newest: number }> {
  const bounds = await db
    .selectFrom("live_positions")
    .select(({ fn }) => [
      fn.min<number | null>("position").as("oldest"),
      fn.max<number | null>("position").as("newest"),
    ])
    .executeTakeFirst();
  return { oldest: bounds?.oldest ?? 0, newest: bounds?.newest ?? 0 };
}
