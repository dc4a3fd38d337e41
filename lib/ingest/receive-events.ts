import type { IncomingMessage } from "node:http";
import { sourceOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { dedupeKey, type NewDelivery, type StoredDelivery } from "@/lib/ingest/delivery";
import type { Door } from "@/lib/ingest/door";
import { plainHeaders } from "@/lib/ingest/headers";
import { readBody } from "@/lib/ingest/read-body";
import { refuseOutsideEvents } from "@/lib/ingest/refuse-outside";
import { isCloudEvents } from "@/lib/sources/envelope";
import type { SentEvent } from "@/lib/sources/reader";
import { splitEvents } from "@/lib/sources/registry";

export interface ReceivedEvent {
  /** As its sender names it. */
  id: string;
  outcome: StoredDelivery["outcome"];
}

/**
 * Takes the events of one request, whole or not at all; each is a delivery of its
 * own, of the source that the token names. Throws `invalid_event`, `not_decodable`,
 * `unsupported_media_type`, `too_many_requests`, `not_found` for what lies outside of
 * the sender's reach, and what readBody and GroupCommit throw.
 */
export async function receiveEvents(
  door: Door,
  request: IncomingMessage,
  sender: Pick<Context, "db" | "config" | "actor">,
): Promise<ReceivedEvent[]> {
  const hold = door.bodies.openForProved();
  try {
    const { decoded } = await readBody(request, hold);
    const headers = plainHeaders(request);
    refuseOtherThanJson(headers);
    const events = splitEvents(headers, decoded);
    if (events.length === 0) return [];
    const source = sourceOf(sender.actor);
    door.rates.countDeliveries(source, events.length);
    await refuseOutsideEvents(sender, events);
    const receivedAt = door.context.clock.now();
    const stored = await door.commit.store(
      events.map((event) => newDelivery(source, event, receivedAt)),
    );
    return stored.map(({ outcome }, index) => ({ id: events[index]?.id ?? "", outcome }));
  } finally {
    hold.release();
  }
}

function newDelivery(source: string, event: SentEvent, receivedAt: Date): NewDelivery {
  return {
    source,
    provider: event.provider,
    event: event.event,
    dedupeKey: dedupeKey(source, "event", event.provider, event.identity),
    headers: {},
    body: event.body,
    receivedAt,
  };
}

/** What carries a CloudEvent in binary mode may be anything; all else is JSON, or said to be nothing. */
function refuseOtherThanJson(headers: Record<string, string>): void {
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
  // text/plain is what scripts send that name no type; the body is read as JSON all the same.
  const isJson =
    ["", "text/plain"].includes(type) || /^(application|text)\/([\w.-]+\+)?json$/.test(type);
  const isBinaryMode = isCloudEvents(headers) && !type.startsWith("application/cloudevents");
  if (isJson || isBinaryMode) return;
  throw new Problem("unsupported_media_type", "Events come as JSON.", {
    field: "content-type",
    expected: "application/json, or a JSON content type of CloudEvents",
  });
}
