import { storable } from "@/lib/projection/storable";
import { type DeliveryInput, type Reading, UnreadableDelivery } from "@/lib/sources/reader";
import { providerNamed } from "@/lib/sources/registry";

export type DeliveryReading =
  | Reading
  /** Quarantined: kept, listed with its reason, to be replayed after a fix. */
  | { outcome: "failed"; code: string; reason: string };

/**
 * What a stored delivery says, by its provider's reader. Never throws: a body
 * that cannot be read has the reader's code, a fault of the reader itself is a
 * `reader_error`, so that neither stops those behind it.
 */
export function readDelivery(provider: string, input: DeliveryInput): DeliveryReading {
  return storable(read(provider, input));
}

function read(provider: string, input: DeliveryInput): DeliveryReading {
  const reader = providerNamed(provider);
  if (!reader)
    return {
      outcome: "failed",
      code: "unknown_provider",
      reason: `Nothing here reads "${provider}": name another provider in pushline.yaml.`,
    };
  try {
    return reader.read(input);
  } catch (error) {
    if (error instanceof UnreadableDelivery)
      return { outcome: "failed", code: error.code, reason: error.message };
    const reason = error instanceof Error ? error.message : String(error);
    return { outcome: "failed", code: "reader_error", reason };
  }
}
