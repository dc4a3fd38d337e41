import type { EventReader } from "@/lib/sources/event-reader";
import {
  decodeText,
  identifier,
  name,
  need,
  type Payload,
  part,
  payloadOf,
} from "@/lib/sources/payload";
import type { DeliveryInput } from "@/lib/sources/reader";

/** One delivery with its body read, as every event's reader is given it. */
export interface GiteaDelivery {
  source: string;
  event: string;
  action: string | null;
  body: Payload;
  receivedAt: Date;
}

export type GiteaReader = EventReader<GiteaDelivery>;

/** Forks send their own names beside Gitea's, and all of them GitHub's, which comes last. */
const eventHeaders = ["x-gitea-event", "x-forgejo-event", "x-gogs-event", "x-github-event"];

/** The event's name; null where no header says it. */
export function eventOf(headers: Record<string, string>): string | null {
  return eventHeaders.map((header) => name(headers[header])).find((event) => event) ?? null;
}

export function openDelivery({ source, headers, body, receivedAt }: DeliveryInput): GiteaDelivery {
  const event = need(eventOf(headers), null, "X-Gitea-Event", "the event's name in this header");
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  const sent = isForm ? new URLSearchParams(decodeText(body)).get("payload") : null;
  const payload = payloadOf(isForm ? Buffer.from(sent ?? "") : body);
  return { source, event, action: name(payload.action), body: payload, receivedAt };
}

export function repositoryOf(body: Payload): string {
  const { full_name } = part(body.repository);
  return need(
    identifier(full_name),
    full_name,
    "repository.full_name",
    "the repository as owner/name",
  );
}

/** The person, as they are known at Gitea. */
export function personOf(value: unknown): string | null {
  const person = part(value);
  return name(person.login) ?? name(person.username) ?? name(person.name);
}
