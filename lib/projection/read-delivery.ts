import { storable } from "@/lib/projection/storable";
import type { Mapping } from "@/lib/sources/mapping-rules";
import {
  type DeliveryInput,
  type Reading,
  UnfinishedReading,
  UnreadableDelivery,
} from "@/lib/sources/reader";
import { providerNamed } from "@/lib/sources/registry";

export type DeliveryReading =
  | Reading
  /** Quarantined: kept, listed with its reason, to be replayed after a fix. */
  | { outcome: "failed"; code: string; reason: string }
  /** Nothing is known of what it says: it stays as it was, and is read again. */
  | { outcome: "unfinished"; reason: string };

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
    return quarantined(error);
  }
}

/** The same by what its source has set for itself; where its provider reads nothing by that, as it is. */
export async function readDeliveryBy(
  provider: string,
  input: DeliveryInput,
  mapping: Mapping,
  isTrial: boolean,
): Promise<DeliveryReading> {
  try {
    const reading = await providerNamed(provider)?.readBy?.(input, mapping, isTrial);
    return reading ? storable(reading) : readDelivery(provider, input);
  } catch (error) {
    if (error instanceof UnfinishedReading) return { outcome: "unfinished", reason: error.message };
    return storable(quarantined(error));
  }
}

function quarantined(error: unknown): DeliveryReading {
  if (error instanceof UnreadableDelivery)
    return { outcome: "failed", code: error.code, reason: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  return { outcome: "failed", code: "reader_error", reason };
}
