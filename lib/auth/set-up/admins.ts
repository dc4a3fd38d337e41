import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";

/** Whoever counts admins to add or take one does it alone, until the transaction ends. */
export async function holdAdmins(trx: Kysely<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('pushline admins ' || current_schema(), 0))`.execute(
    trx,
  );
}

/** How many people could administer this instance now. */
export async function countAdmins(db: Kysely<Database>): Promise<number> {
  const { count } = await db
    .selectFrom("people")
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .where("role", "=", "admin")
    .where("disabled_at", "is", null)
    .executeTakeFirstOrThrow();
  return count;
}
