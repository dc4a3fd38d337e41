import type { Statement } from "@/lib/facts/types";
import {
  decodeText,
  identifier,
  isPayload,
  name,
  need,
  type Payload,
  parseJson,
  part,
} from "@/lib/sources/payload";
import { type DeliveryInput, UnreadableDelivery } from "@/lib/sources/reader";

/** One delivery with its body read, as every event's reader is given it. */
export interface GithubDelivery {
  source: string;
  event: string;
  /** Absent in the shapes of 2014, and always for push, create, delete, status and ping. */
  action: string | null;
  body: Payload;
  receivedAt: Date;
  /** What the API answered to a question, which knows less here and there than a webhook. */
  isAsked?: boolean;
}

export type EventReader = (delivery: GithubDelivery) => Statement[] | Ignored;
export interface Ignored {
  ignored: string;
}

export function openDelivery(input: DeliveryInput): GithubDelivery {
  const event = need(
    name(input.headers["x-github-event"]),
    input.headers["x-github-event"],
    "X-GitHub-Event",
    "the event's name in this header",
  );
  const body = jsonOf(input);
  return {
    source: input.source,
    event,
    action: name(body.action),
    body,
    receivedAt: input.receivedAt,
  };
}

/** Hooks made by hand often keep GitHub's preset content type, a form with one field. */
function jsonOf({ headers, body }: DeliveryInput): Payload {
  const sent = decodeText(body);
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  const value = parseJson(isForm ? (new URLSearchParams(sent).get("payload") ?? "") : sent);
  if (!isPayload(value)) throw new UnreadableDelivery("wrong_type", null, "a JSON object");
  return value;
}

/** `owner/name`, the natural name of everything in a repository. */
export function repositoryOf(body: Payload): string {
  const repository = part(body.repository);
  return need(
    identifier(repository.full_name),
    repository.full_name,
    "repository.full_name",
    "the repository as owner/name",
  );
}

/** The person, as they are known at GitHub. */
export function personOf(value: unknown): string | null {
  const person = part(value);
  return name(person.login) ?? name(person.username) ?? name(person.name);
}
