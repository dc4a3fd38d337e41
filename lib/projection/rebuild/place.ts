import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";

/** How far the making of a generation has come; kept in it, so that a stopped rebuild goes on. */
export interface RebuildPlace {
  phase: "reading" | "facts" | "deriving";
  /** The last fact made, while facts are made. */
  after: string;
}

/** Called in the next generation's schema, where the table is. */
export async function keepPlace(db: Kysely<Database>, place: RebuildPlace): Promise<void> {
  await sql`update rebuilding set phase = ${place.phase}, after = ${place.after}`.execute(db);
}

export async function readPlace(db: Kysely<Database>): Promise<RebuildPlace> {
  const { rows } = await sql<RebuildPlace>`select phase, after from rebuilding`.execute(db);
  return rows[0] ?? { phase: "reading", after: "" };
}
