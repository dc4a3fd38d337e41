import { type AuditEntry, recordAudit } from "@/lib/audit/audit";
import type { Context } from "@/lib/context";
import { dedupeKey } from "@/lib/ingest/delivery";
import { insertDeliveries } from "@/lib/ingest/insert-deliveries";

/** The source of what people say in the product itself. */
const ownSource = "pushline";

/**
 * Stores what a person said as a delivery, with who said it, and the deed in the
 * audit, both or neither; answers the delivery's id.
 */
export async function tell(
  context: Context,
  statement: { type: "verdict" | "correction" | "separation" } & Record<string, unknown>,
  deed: AuditEntry,
): Promise<string> {
  const { actor, clock } = context;
  const at = clock.now();
  const words = {
    ...statement,
    actor: actor.name,
    // Names change; no reader needs it, but what is kept says who it was.
    ...("id" in actor && { actorId: actor.id }),
    at: at.toISOString(),
  };
  const body = Buffer.from(JSON.stringify(words));
  const delivery = {
    source: ownSource,
    provider: ownSource,
    event: statement.type,
    dedupeKey: dedupeKey(ownSource, body),
    headers: { "content-type": "application/json" },
    body,
    receivedAt: at,
    actor: actor.name,
  };
  return context.ingestDb.transaction().execute(async (trx) => {
    const [stored] = await insertDeliveries(trx, [delivery]);
    if (!stored) throw new Error("A stored delivery has an id.");
    await recordAudit(trx, context, deed);
    return stored.id;
  });
}
