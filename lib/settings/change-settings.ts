import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import { announceSettings } from "@/lib/settings/live-config";

/**
 * Runs one change of settings: one at a time, so that two cannot take the same name;
 * told to every process with the commit, and in force in this one when it resolves.
 */
export async function changeSettings<Result>(
  context: Pick<Context, "db" | "settingsChanged">,
  change: (trx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  const result = await context.db.transaction().execute(async (trx) => {
    await holdSettings(trx);
    const changed = await change(trx);
    await announceSettings(trx);
    return changed;
  });
  await context.settingsChanged();
  return result;
}

/** Until the transaction ends no settings change but by it. */
export async function holdSettings(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('pushline settings ' || current_schema(), 0))`.execute(
    trx,
  );
}
