import type { IncomingMessage } from "node:http";
import type { ConfigSource } from "@/lib/config";
import { addressHeader } from "@/lib/http/client-address";
import { Problem } from "@/lib/http/problem";
import type { StoredDelivery } from "@/lib/ingest/delivery";
import type { Door } from "@/lib/ingest/door";
import { plainHeaders } from "@/lib/ingest/headers";
import { provedDelivery } from "@/lib/ingest/prove-delivery";
import { type Proof, proveSource } from "@/lib/ingest/prove-source";
import { readBody } from "@/lib/ingest/read-body";
import type { Reader } from "@/lib/sources/reader";
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
  const headers = plainHeaders(request);
  const proof = { headers, pathKey: address.key, receivedAt: door.context.clock.now() };
  const isSigned = source.auth === "signature";
  // Where the body is not needed for it, nobody has theirs read without a proof.
  if (!isSigned) prove(door, source, provider, { ...proof, signable: [] });
  const hold = isSigned
    ? door.bodies.openForStranger(headers[addressHeader] ?? "")
    : door.bodies.openForProved();
  try {
    const { wire, decoded: body } = await readBody(request, hold);
    const receivedAt = door.context.clock.now();
    const signable = wire === body ? [wire] : [wire, body];
    if (isSigned) prove(door, source, provider, { ...proof, receivedAt, signable });
    hold.prove();
    // Only what is proved counts, or anybody could use up a source's share.
    door.rates.countDeliveries(source.name, 1);
    const delivery = provedDelivery(source, provider, { headers, body, receivedAt });
    const [stored] = await door.commit.store([delivery]);
    return stored as StoredDelivery;
  } finally {
    hold.release();
  }
}

/** Throws what `proveSource` throws, and counts that it did. */
function prove(door: Door, source: ConfigSource, provider: Reader, proof: Proof): void {
  try {
    proveSource(source, provider, proof);
  } catch (error) {
    door.refusals.count(source.name, proof.receivedAt);
    throw error;
  }
}

function findSource(
  door: Door,
  address: { source: string; key: string | null },
): { source: ConfigSource; provider: Reader } {
  const source = door.context.config.sources.find(({ name }) => name === address.source);
  const provider = source ? providerNamed(source.provider) : null;
  if (!source || !provider) throw new Problem("unknown_source", "There is no source of this name.");
  if (address.key !== null && source.auth !== "path")
    throw new Problem("not_found", "This source has no key in its address.");
  return { source, provider };
}
