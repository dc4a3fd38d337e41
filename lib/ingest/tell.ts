import type { Context } from "@/lib/context";
import { dedupeKey } from "@/lib/ingest/delivery";
import { insertDeliveries } from "@/lib/ingest/insert-deliveries";

/** The source of what people say in the product itself. */
const ownSource = "pushline";

/** Stores what a person said as a delivery, with who said it; answers the delivery's id. */
export async function tell(
  context: Context,
  statement: { type: "verdict" | "correction" } & Record<string, unknown>,
): Promise<string> {
  const receivedAt = context.clock.now();
  const body = Buffer.from(JSON.stringify(statement));
  const [stored] = await insertDeliveries(context.ingestDb, [
    {
      source: ownSource,
      provider: ownSource,
      event: statement.type,
      dedupeKey: dedupeKey(ownSource, body),
      headers: { "content-type": "application/json" },
      body,
      receivedAt,
      actor: context.actor.name,
    },
  ]);
  if (!stored) throw new Error("A stored delivery has an id.");
  return stored.id;
}
