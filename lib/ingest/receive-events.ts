import type { IncomingMessage } from "node:http";
import { contentHash } from "@/lib/facts/canonical";
import { Problem } from "@/lib/http/problem";
import { dedupeKey, type NewDelivery, type StoredDelivery } from "@/lib/ingest/delivery";
import type { Door } from "@/lib/ingest/door";
import { plainHeaders } from "@/lib/ingest/headers";
import { readBody } from "@/lib/ingest/read-body";
import { parseNativeEvents } from "@/lib/sources/native/parse";

export interface ReceivedEvent {
  /** As its sender names it. */
  id: string;
  outcome: StoredDelivery["outcome"];
}

interface Event {
  id: string;
  delivery: NewDelivery;
}

/**
 * Takes the events of one request, whole or not at all; each is a delivery of its
 * own, of the source that the token names. Throws `invalid_event`, `not_decodable`,
 * `unsupported_media_type`, and what readBody and GroupCommit throw.
 */
export async function receiveEvents(
  door: Door,
  request: IncomingMessage,
  source: string,
): Promise<ReceivedEvent[]> {
  const hold = door.bodies.open();
  try {
    const { decoded } = await readBody(request, hold);
    const input = { headers: plainHeaders(request), body: decoded };
    const events = nativeEvents(input, source, door.context.clock.now());
    if (events.length === 0) return [];
    const stored = await door.commit.store(events.map(({ delivery }) => delivery));
    return stored.map(({ outcome }, index) => ({ id: events[index]?.id ?? "", outcome }));
  } finally {
    hold.release();
  }
}

interface Input {
  headers: Record<string, string>;
  body: Buffer;
}

function nativeEvents({ headers, body }: Input, source: string, receivedAt: Date): Event[] {
  refuseOtherThanJson(headers["content-type"]);
  const json = parseJson(body);
  const given = Array.isArray(json) ? json : [json];
  return parseNativeEvents(json).map((event, index) => ({
    id: event.id,
    delivery: {
      source,
      provider: "native",
      event: event.type,
      // What it says belongs to the key: other content under the same id is another statement.
      dedupeKey: dedupeKey(source, "native", event.type, event.id, contentHash(event)),
      headers: { "content-type": "application/json" },
      body: Array.isArray(json) ? Buffer.from(JSON.stringify(given[index])) : body,
      receivedAt,
    },
  }));
}

function refuseOtherThanJson(contentType = "application/json"): void {
  if (/^\s*(application|text)\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType)) return;
  throw new Problem("unsupported_media_type", "Events come as JSON.", {
    field: "content-type",
    expected: "application/json, or a content type of CloudEvents",
  });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new Problem("not_decodable", "The body is not JSON in UTF-8.", {
      field: "body",
      expected: "JSON in UTF-8",
    });
  }
}
