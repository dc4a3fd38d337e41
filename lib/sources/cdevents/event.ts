import { sourceKey } from "@/lib/facts/keys";
import type { Statement } from "@/lib/facts/types";
import { dataOf } from "@/lib/sources/envelope";
import { identifier, name, need, type Payload, part, payloadOf, text } from "@/lib/sources/payload";
import type { DeliveryInput } from "@/lib/sources/reader";
import { named, toTime } from "@/lib/sources/time";

/** One CDEvent, opened; the same in both shapes of the specification and in any envelope. */
export interface Cdevent {
  /** `service.deployed`: the type without its prefix and its version, which change by release. */
  type: string;
  predicate: string;
  /** The source that a fact's key begins with. */
  origin: string;
  /** The event's own id, unique with its source. */
  eventId: string;
  /** The subject's id, unique with `subjectSource`. */
  subject: string;
  subjectSource: string;
  content: Payload;
  /** What the sender adds in its own words. */
  custom: Payload;
  when: Pick<Statement, "asOf" | "timeFromReceipt">;
}

export type SubjectReader = (event: Cdevent) => Statement[];

const longestId = 4000;

/** Opens a CDEvent; null for what is none. Throws UnreadableDelivery for one that cannot be told apart. */
export function openCdevent({ source, body, receivedAt }: DeliveryInput): Cdevent | null {
  const sent = payloadOf(body);
  const json = sent.context === undefined ? part(dataOf(sent)) : sent;
  const context = part(json.context);
  const subject = part(json.subject);
  const type = need(name(context.type), context.type, "context.type", "the event's type");
  const [, noun, predicate] = /^dev\.cdevents\.([a-z]+)\.([a-z]+)(\.|$)/.exec(type) ?? [];
  if (!noun || !predicate) return null;
  const eventId = need(
    identifier(context.id, longestId),
    context.id,
    "context.id",
    "the event's id",
  );
  const eventSource = text(context.source) ?? "";
  return {
    type: `${noun}.${predicate}`,
    predicate,
    origin: source,
    eventId: `${eventSource}#${eventId}`,
    subject: need(identifier(subject.id, longestId), subject.id, "subject.id", "the subject's id"),
    subjectSource: text(subject.source) ?? eventSource,
    content: part(subject.content),
    custom: part(json.customData),
    when: named([toTime(context.timestamp)], receivedAt),
  };
}

/** Facts that end as they began, by the same subject: runs, builds, incidents. */
export function subjectKey({ origin, type, subjectSource, subject }: Cdevent): string {
  return sourceKey(origin, `${type.split(".")[0]}:${subjectSource}#${subject}`);
}

/** Facts of which each event is one: a service is deployed again and again. */
export function eventKey({ origin, type, eventId }: Cdevent): string {
  return sourceKey(origin, `${type}:${eventId}`);
}

/** References are `{ id, source }`, and by some senders the id alone. */
export function reference(value: unknown): string | null {
  return name(part(value).id) ?? name(value);
}
