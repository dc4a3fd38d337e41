import { type Answered, runMapping } from "@/lib/sources/mapping/mapper";
import type { Mapping } from "@/lib/sources/mapping-rules";
import { checkNativeEvent } from "@/lib/sources/native/parse";
import type { NativeEvent } from "@/lib/sources/native/schema";
import { nativeStatements } from "@/lib/sources/native/statements";
import { decodeText, parseJson } from "@/lib/sources/payload";
import {
  type DeliveryInput,
  type Reading,
  UnfinishedReading,
  UnreadableDelivery,
} from "@/lib/sources/reader";

/**
 * What a delivery says by the mapping of its source: the native events that its rules make
 * of it, read as those are. The same delivery and mapping always say the same. Throws
 * UnreadableDelivery: `not_json`, `mapping_failed` and `mapping_endless` with the place of
 * the expression, `invalid_event` with the member that is not as native events have it; and
 * UnfinishedReading where a clock ended it, which says nothing of the delivery.
 */
export async function readByMapping(
  { source, headers, body, receivedAt }: DeliveryInput,
  mapping: Mapping,
  isTrial: boolean,
): Promise<Reading> {
  const text = decodeText(body);
  parseJson(text);
  const mapped = await runMapping(
    {
      mapping: JSON.stringify(mapping),
      body: text,
      headers,
      receivedAt: receivedAt.toISOString(),
    },
    isTrial,
  );
  if ("unfinished" in mapped) throw new UnfinishedReading(mapped.unfinished);
  const events = eventsOf(mapped);
  if (events.length === 0)
    return { outcome: "ignored", event: "none", reason: "no rule of its mapping applies" };
  return {
    outcome: "read",
    event: [...new Set(events.map(({ type }) => type))].join(", "),
    statements: events.flatMap((event) => nativeStatements(event, source, receivedAt)),
  };
}

function eventsOf(mapped: Answered): NativeEvent[] {
  if ("failure" in mapped) {
    const { code, place, expected } = mapped.failure;
    throw new UnreadableDelivery(code, place, expected);
  }
  return mapped.events.map(({ rule, event }) => {
    const checked = checkNativeEvent(withTextId(event));
    if ("event" in checked) return checked.event;
    const [first] = checked.errors;
    throw new UnreadableDelivery(
      "invalid_event",
      [`mapping[${rule}].fact`, first?.field].filter(Boolean).join("."),
      first?.expected ?? "a native event",
    );
  });
}

/** Most senders number their things; ids are text. */
function withTextId(event: Record<string, unknown>): Record<string, unknown> {
  return Number.isSafeInteger(event.id) ? { ...event, id: String(event.id) } : event;
}
