import type { Time } from "@/lib/facts/types";
import type { EventReader } from "@/lib/sources/event-reader";
import { answeredEvent } from "@/lib/sources/history";
import { identifier, name, need, type Payload, part, payloadOf } from "@/lib/sources/payload";
import type { DeliveryInput } from "@/lib/sources/reader";
import { toTime } from "@/lib/sources/time";

/** One delivery with its body read, as every event's reader is given it. */
export interface DataCenterDelivery {
  source: string;
  /** `pr:merged`, in the header and in most bodies. */
  event: string;
  body: Payload;
  /** The body's own date, text with an offset (`+0530`) where every other time is epoch milliseconds. */
  sentAt: Time | null;
  receivedAt: Date;
}

export type DataCenterReader = EventReader<DataCenterDelivery>;

export function openDelivery({ source, headers, body, receivedAt }: DeliveryInput) {
  const payload = payloadOf(body);
  const given = answeredEvent({ headers }) ?? headers["x-event-key"] ?? payload.eventKey;
  return {
    source,
    event: need(name(given), given, "X-Event-Key", "the event's name in this header"),
    body: payload,
    sentAt: toTime(payload.date),
    receivedAt,
  } satisfies DataCenterDelivery;
}

/** `project/name`, the project's key as in the address that clones are made from. */
export function repositoryOf(given: unknown, field: string): string {
  const repository = part(given);
  const { key } = part(repository.project);
  const [project, slug] = [identifier(key), identifier(repository.slug)];
  const path = project && slug ? identifier(`${project.toLowerCase()}/${slug}`) : null;
  return need(path, repository.slug, `${field}.slug`, "a repository of a project");
}

export function personOf(value: unknown): string | null {
  const person = part(value);
  return name(person.name) ?? name(person.slug) ?? name(person.displayName);
}
