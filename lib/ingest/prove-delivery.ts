import type { ConfigSource } from "@/lib/config";
import { dedupeKey, type NewDelivery } from "@/lib/ingest/delivery";
import { keptHeaders } from "@/lib/ingest/headers";
import { type Proof, proveSource } from "@/lib/ingest/prove-source";
import type { DeliveryInput, Reader } from "@/lib/sources/reader";

/**
 * What is stored of a webhook that proves itself: the one way in, for senders and
 * for the tests that settings send. Throws what `proveSource` throws.
 */
export function proveDelivery(
  source: ConfigSource,
  provider: Reader,
  { body, ...proof }: Proof & { body: Uint8Array },
): NewDelivery {
  proveSource(source, provider, proof);
  return provedDelivery(source, provider, { ...proof, body });
}

/** The same where the source was proved before the body was read. */
export function provedDelivery(
  source: Pick<ConfigSource, "name" | "header">,
  provider: Reader,
  { headers, body, receivedAt }: Omit<DeliveryInput, "source">,
): NewDelivery {
  const input = { headers, body, receivedAt };
  const id = provider.deliveryId(input);
  return {
    source: source.name,
    provider: provider.name,
    event: provider.eventName(input),
    // Two kinds of key must never meet: a sender chooses its ids.
    dedupeKey: id ? dedupeKey(source.name, "id", id) : dedupeKey(source.name, "body", body),
    headers: keptHeaders(headers, provider.keptHeaders, source.header),
    body,
    receivedAt,
  };
}
