import type { IncomingMessage } from "node:http";
import type { ConfigSource } from "@/lib/config";
import { Problem } from "@/lib/http/problem";
import type { StoredDelivery } from "@/lib/ingest/delivery";
import type { Door } from "@/lib/ingest/door";
import { plainHeaders } from "@/lib/ingest/headers";
import { proveDelivery } from "@/lib/ingest/prove-delivery";
import { readBody } from "@/lib/ingest/read-body";
import type { Provider } from "@/lib/sources/reader";
import { providerNamed } from "@/lib/sources/registry";

/**
 * Takes one webhook: proved on its exact bytes, stored as bytes, committed, and
 * only then answered. What the body means is nobody's business here: one that
 * cannot be read is kept and quarantined later. Throws `unknown_source`,
 * `bad_signature`, `unauthenticated`, `too_many_requests`, and what readBody and GroupCommit throw.
 */
export async function receiveWebhook(
  door: Door,
  request: IncomingMessage,
  address: { source: string; key: string | null },
): Promise<StoredDelivery> {
  const { source, provider } = findSource(door, address);
  const hold = door.bodies.open();
  try {
    const body = await readBody(request, hold);
    const headers = plainHeaders(request);
    const receivedAt = door.context.clock.now();
    const signable = body.wire === body.decoded ? [body.wire] : [body.wire, body.decoded];
    const proof = { headers, signable, receivedAt, pathKey: address.key };
    const delivery = proveDelivery(source, provider, { ...proof, body: body.decoded });
    // Only what is proved counts, or anybody could use up a source's share.
    door.rates.countDeliveries(source.name, 1);
    const [stored] = await door.commit.store([delivery]);
    return stored as StoredDelivery;
  } finally {
    hold.release();
  }
}

function findSource(
  door: Door,
  address: { source: string; key: string | null },
): { source: ConfigSource; provider: Provider } {
  const source = door.context.config.sources.find(({ name }) => name === address.source);
  const provider = source ? providerNamed(source.provider) : null;
  if (!source || !provider) throw new Problem("unknown_source", "There is no source of this name.");
  if (address.key !== null && source.auth !== "path")
    throw new Problem("not_found", "This source has no key in its address.");
  return { source, provider };
}
