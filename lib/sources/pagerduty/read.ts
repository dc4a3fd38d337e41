import { answeredEvent } from "@/lib/sources/history";
import { readChangeEvent } from "@/lib/sources/pagerduty/change-event";
import { incidentStatement, referenceStatement } from "@/lib/sources/pagerduty/incident";
import {
  identifier,
  isPayload,
  list,
  name,
  need,
  type Payload,
  part,
  payloadOf,
} from "@/lib/sources/payload";
import { type DeliveryInput, type Reading, UnreadableDelivery } from "@/lib/sources/reader";
import { named, toTime } from "@/lib/sources/time";

/**
 * What PagerDuty sends: an event of a V3 webhook, the messages of an old V2 extension,
 * or a change event as its Events API takes it, which other tools post.
 */
export function readPagerduty(input: DeliveryInput): Reading {
  const body = payloadOf(input.body);
  const answered = answeredEvent(input);
  if (answered !== null) return readAnswer(input, body, answered);
  if (Array.isArray(body.messages)) return readMessages(input, body.messages);
  if (isPayload(body.event)) return readEvent(input, body.event);
  if (isPayload(body.payload)) return readChangeEvent(input, body);
  const type = name(body.type) ?? "";
  // What an event holds, sent without the event around it.
  if (type.startsWith("incident"))
    return readEvent(input, { event_type: type, resource_type: "incident", data: body });
  throw new UnreadableDelivery("missing_field", "event", "an event");
}

/** What its log calls what V3 calls triggered, acknowledged, resolved and reopened. */
const logged: Record<string, string> = {
  __proto__: null as never,
  trigger_log_entry: "triggered",
  acknowledge_log_entry: "acknowledged",
  resolve_log_entry: "resolved",
  reopen_log_entry: "reopened",
};

/** An incident of the API with its log, as the webhooks of it would have told them one by one. */
function readAnswer(input: DeliveryInput, body: Payload, event: string): Reading {
  const incident = part(body.incident);
  const opened = named([toTime(incident.created_at)], input.receivedAt);
  const statements = list(body.log).flatMap((entry) => {
    const { type, created_at } = part(entry);
    const word = logged[name(type) ?? ""];
    const at = toTime(created_at);
    return word && at ? [incidentStatement(input.source, incident, word, { asOf: at })] : [];
  });
  const first = incidentStatement(input.source, incident, "triggered", opened);
  return { outcome: "read", event, statements: [first, ...statements] };
}

function readEvent(input: DeliveryInput, given: unknown): Reading {
  const sent = part(given);
  const data = part(sent.data);
  const event = need(name(sent.event_type), sent.event_type, "event.event_type", "its type");
  const resource = name(sent.resource_type) ?? event.split(".")[0];
  if (resource !== "incident")
    return { outcome: "ignored", event, reason: "it tells of no incident" };
  const when = named([toTime(sent.occurred_at)], input.receivedAt);
  const isWhole = (name(data.type) ?? "incident") === "incident";
  const statement = isWhole
    ? incidentStatement(input.source, data, event.split(".")[1] ?? "", when)
    : referenceStatement(input.source, data, when);
  return { outcome: "read", event, statements: [statement] };
}

/** V2's words for what V3 calls triggered, acknowledged and resolved. */
const olderWords: Record<string, string> = {
  __proto__: null as never,
  trigger: "triggered",
  acknowledge: "acknowledged",
  resolve: "resolved",
};

function readMessages(input: DeliveryInput, messages: readonly unknown[]): Reading {
  const events = messages.map((message) => name(part(message).event) ?? "unknown");
  const event = `v2.${events[0] ?? "unknown"}`;
  const statements = messages.flatMap((given) => {
    const message = part(given);
    const incident = part(message.incident);
    if (identifier(incident.id) === null) return [];
    const word = (name(message.event) ?? "").split(".")[1] ?? "";
    const times = [toTime(message.created_on), toTime(incident.last_status_change_at)];
    const when = named(times, input.receivedAt);
    return [incidentStatement(input.source, incident, olderWords[word] ?? word, when)];
  });
  return statements.length > 0
    ? { outcome: "read", event, statements }
    : { outcome: "ignored", event, reason: "no message of it names an incident" };
}
