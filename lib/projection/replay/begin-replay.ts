import type { Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { countKept } from "@/lib/projection/replay/kept-deliveries";

/**
 * Has all that a source has sent until now read once more, in the background; one that
 * goes on begins from the beginning. Answers how many deliveries that is.
 */
export async function beginReplay(
  trx: Transaction<Database>,
  source: string,
  startedAt: Date,
): Promise<number> {
  const { total, newest: upto } = await countKept(trx, source);
  const row = { after: 0, upto, done: 0, total, changed: 0, started_at: startedAt };
  await trx
    .insertInto("replays")
    .values({ source, ...row, finished_at: null })
    .onConflict((conflict) => conflict.column("source").doUpdateSet({ ...row, finished_at: null }))
    .execute();
  return total;
}
