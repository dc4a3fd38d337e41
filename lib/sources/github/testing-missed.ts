import type { BackfillWorld } from "@/lib/backfill/testing";
import { testSource } from "@/lib/http/server/testing";
import { insertDeliveries } from "@/lib/ingest/insert-deliveries";
import { provedDelivery } from "@/lib/ingest/prove-delivery";
import { github } from "@/lib/sources/github";

/** That a delivery of this guid arrived. */
export async function holdsOf(world: BackfillWorld, guid: string): Promise<void> {
  const delivery = provedDelivery(testSource({ name: "github" }), github, {
    headers: { "x-github-event": "ping", "x-github-delivery": guid },
    body: Buffer.from("{}"),
    receivedAt: world.context.clock.now(),
  });
  await world.db.transaction().execute((trx) => insertDeliveries(trx, [delivery]));
}
