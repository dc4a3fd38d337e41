import { sql } from "kysely";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import { reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { DeliveryAnswer } from "@/lib/http/fact-answers";
import { Problem } from "@/lib/http/problem";
import { deliveriesChannel } from "@/lib/ingest/door";
import {
  deliveryAnswer,
  deliveryId,
  listedColumns,
  reachesSource,
} from "@/lib/ingest/list-deliveries";
import { countOutcomes } from "@/lib/source-health/count-outcomes";

/**
 * Has a delivery read once more, as after a fix of its reader or of pushline.yaml;
 * its facts stand until then. Throws `not_found`, `forbidden`, and `conflict` while
 * it still waits for its first reading.
 */
export async function replayDelivery(context: Context, id: string): Promise<DeliveryAnswer> {
  const key = deliveryId(id) ?? -1;
  const known = await context.db
    .selectFrom("deliveries")
    .select("source")
    .where("id", "=", key)
    .executeTakeFirst();
  if (!known || !reachesSource(reachOf(context), known.source))
    throw new Problem("not_found", "There is no delivery with this id.");
  // A delivery may speak of any team's services: no team's role is enough.
  authorise(context, "write", { source: known.source });
  const replayed = await context.db.transaction().execute(async (transaction) => {
    const [again] = await countOutcomes(
      transaction,
      sql`
        update deliveries d set outcome = 'pending', error_code = null, error = null
        from (
          select id, outcome, error_code, error from deliveries
          where id = ${key} and outcome <> 'pending' for no key update
        ) b
        where d.id = b.id`,
    );
    const row =
      again &&
      (await transaction
        .selectFrom("deliveries")
        .select(listedColumns)
        .where("id", "=", again.id)
        .executeTakeFirst());
    if (!row) throw new Problem("conflict", "This delivery is waiting to be read already.");
    await sql`select pg_notify(${deliveriesChannel}, '')`.execute(transaction);
    await recordAudit(transaction, context, {
      action: "delivery.replayed",
      subject: { kind: "delivery", id },
      details: { source: known.source, event: row.event },
    });
    return row;
  });
  return deliveryAnswer(replayed);
}
