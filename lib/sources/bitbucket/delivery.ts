import type { Time } from "@/lib/facts/types";
import type { EventReader } from "@/lib/sources/event-reader";
import { answeredEvent } from "@/lib/sources/history";
import { identifier, name, need, type Payload, part, payloadOf } from "@/lib/sources/payload";
import type { DeliveryInput } from "@/lib/sources/reader";
import { toTime } from "@/lib/sources/time";

/** One delivery with its body read, as every event's reader is given it. */
export interface BitbucketDelivery {
  source: string;
  /** `X-Event-Key`: `repo:push`. */
  event: string;
  body: Payload;
  /** `X-Event-Time`, which newer deliveries have: the only time of a push. */
  sentAt: Time | null;
  receivedAt: Date;
}

export type BitbucketReader = EventReader<BitbucketDelivery>;

export function openDelivery(input: DeliveryInput): BitbucketDelivery {
  const { source, headers, body, receivedAt } = input;
  const given = headers["x-event-key"];
  return {
    source,
    event:
      answeredEvent({ headers }) ??
      need(name(given), given, "X-Event-Key", "the event's name in this header"),
    body: payloadOf(body),
    sentAt: httpDate(headers["x-event-time"]),
    receivedAt,
  };
}

export function repositoryOf(body: Payload): string {
  const { full_name } = part(body.repository);
  return need(
    identifier(full_name),
    full_name,
    "repository.full_name",
    "the repository as workspace/name",
  );
}

/** The person as Bitbucket shows them; of an author without an account the name before the address. */
export function personOf(value: unknown): string | null {
  const person = part(value);
  const user = part(person.user ?? person);
  return (
    name(user.nickname) ??
    name(user.username) ??
    name(user.display_name) ??
    name(typeof person.raw === "string" ? person.raw.replace(/ *<[^>]*>$/, "") : null)
  );
}

/** Whether two people, as payloads show them, are one. */
export function isSamePerson(a: unknown, b: unknown): boolean {
  const [one, other] = [part(a), part(b)];
  const id = identifier(one.uuid) ?? identifier(one.account_id);
  return id !== null && (id === identifier(other.uuid) || id === identifier(other.account_id));
}

/** `Wed, 08 Mar 2023 06:12:22 GMT`. */
function httpDate(value: string | undefined): Time | null {
  if (!value || !/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(value)) return null;
  return toTime(Date.parse(value));
}
