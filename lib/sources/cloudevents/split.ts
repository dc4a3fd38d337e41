import { Problem } from "@/lib/http/problem";
import { routeCloudEvent } from "@/lib/sources/cloudevents/route";
import { decodable } from "@/lib/sources/decodable";
import { openEnvelopes } from "@/lib/sources/envelope";
import { name, type Payload } from "@/lib/sources/payload";
import type { SentEvent } from "@/lib/sources/reader";

const largestBatch = 1000;
const longestAttribute = 6000;

/** Checks a native event that a CloudEvent carries; throws Problem `invalid_event` with its index. */
export type SplitNative = (json: unknown, index: number) => SentEvent;

/**
 * The CloudEvents of one request as deliveries of their own, taken whole or not
 * at all; an empty batch is no events. Throws Problem: `not_decodable` for what
 * is no JSON, `invalid_event` naming index and field for what is no CloudEvent.
 */
export function splitCloudEventsWith(
  splitNative: SplitNative,
  headers: Record<string, string>,
  body: Uint8Array,
): SentEvent[] {
  const events = decodable(() => openEnvelopes({ headers, body }));
  if (events.length > largestBatch) throw new Problem("invalid_event", "At most 1,000 events.");
  return events.map((event, index) => {
    const [id, source, type] = [
      attribute(event, "id", index),
      attribute(event, "source", index),
      attribute(event, "type", index),
    ];
    if (event.specversion !== "1.0") throw refused(index, "specversion", '"1.0"');
    const { provider, json } = routeCloudEvent(event);
    if (provider === "native") return { ...splitNative(json, index), id };
    return {
      id,
      provider,
      event: name(type) ?? "unknown",
      // The standard says that id and source are enough; published samples share both between types.
      identity: JSON.stringify([source, id, type]),
      body: Buffer.from(JSON.stringify(json)),
    };
  });
}

function attribute(event: Payload, name: string, index: number): string {
  const value = event[name];
  const isFit = typeof value === "string" && value !== "" && value.length <= longestAttribute;
  if (isFit) return value;
  throw refused(index, name, "text of 1 to 6,000 characters");
}

function refused(index: number, field: string, expected: string): Problem {
  const whole = `events[${index}].${field}`;
  return new Problem("invalid_event", `${whole}: expected ${expected}.`, {
    field: whole,
    expected,
    errors: [{ index, field, expected }],
  });
}
