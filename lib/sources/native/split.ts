import { contentHash } from "@/lib/facts/canonical";
import { decodable } from "@/lib/sources/decodable";
import { checkNativeEvent, parseNativeEvents, refusal } from "@/lib/sources/native/parse";
import type { NativeEvent } from "@/lib/sources/native/schema";
import { decodeText, parseJson } from "@/lib/sources/payload";
import type { SentEvent } from "@/lib/sources/reader";

/**
 * The native events of one request as deliveries of their own. Throws Problem:
 * `not_decodable` for what is no JSON, `invalid_event` as parseNativeEvents does.
 */
export function splitNativeEvents(body: Uint8Array): SentEvent[] {
  const json = decodable(() => parseJson(decodeText(body)));
  // One alone is kept as its sender's bytes; of a list each becomes its own.
  return parseNativeEvents(json).map((event, index) =>
    sentEvent(event, Array.isArray(json) ? Buffer.from(JSON.stringify(json[index])) : body),
  );
}

/** One event that came in an envelope, at its place among others. */
export function splitNativeEvent(json: unknown, index: number): SentEvent {
  const checked = checkNativeEvent(json);
  if ("event" in checked) return sentEvent(checked.event, Buffer.from(JSON.stringify(json)));
  const errors = checked.errors.map((error) => ({ index, ...error }));
  const [first = { index, field: "", expected: "a native event" }] = errors;
  throw refusal(first, errors);
}

/** The same content again is a duplicate, whatever the order of its keys. */
function sentEvent(event: NativeEvent, body: Uint8Array): SentEvent {
  return {
    id: event.id,
    provider: "native",
    event: event.type,
    identity: contentHash(event),
    body,
  };
}
