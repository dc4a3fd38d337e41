import { sql } from "kysely";
import type { Context } from "@/lib/context";
import type { DeliveryAnswer } from "@/lib/http/fact-answers";
import { Problem } from "@/lib/http/problem";
import { deliveriesChannel } from "@/lib/ingest/door";
import { deliveryAnswer, deliveryId, listedColumns } from "@/lib/ingest/list-deliveries";

/**
 * Has a delivery read once more, as after a fix of its reader or of pushline.yaml;
 * its facts stand until then. Throws `not_found`, and `conflict` while it still
 * waits for its first reading.
 */
export async function replayDelivery(context: Context, id: string): Promise<DeliveryAnswer> {
  const key = deliveryId(id) ?? -1;
  const replayed = await context.db.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable("deliveries")
      .set({ outcome: "pending", error_code: null, error: null })
      .where("id", "=", key)
      .where("outcome", "!=", "pending")
      .returning(listedColumns)
      .executeTakeFirst();
    if (row) await sql`select pg_notify(${deliveriesChannel}, '')`.execute(transaction);
    return row;
  });
  if (replayed) return deliveryAnswer(replayed);
  const waiting = await context.db
    .selectFrom("deliveries")
    .select("id")
    .where("id", "=", key)
    .executeTakeFirst();
  if (!waiting) throw new Problem("not_found", "There is no delivery with this id.");
  throw new Problem("conflict", "This delivery is waiting to be read already.");
}
