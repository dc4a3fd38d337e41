import type { Time } from "@/lib/facts/types";
import type { EventReader } from "@/lib/sources/event-reader";
import { answeredEvent } from "@/lib/sources/history";
import { identifier, name, need, type Payload, part, payloadOf } from "@/lib/sources/payload";
import type { DeliveryInput } from "@/lib/sources/reader";
import { repositoryAt } from "@/lib/sources/repository-address";
import { toTime } from "@/lib/sources/time";

/** One delivery with its body read, as every event's reader is given it. */
export interface GitlabDelivery {
  source: string;
  /** `object_kind`, which system hooks name too; their header says "System Hook" of every kind. */
  kind: string;
  body: Payload;
  receivedAt: Date;
  /** GitLab's own id of the event, the same for every hook that one event sets off; null where it sends none. */
  eventId: string | null;
}

export type GitlabReader = EventReader<GitlabDelivery>;

export function openDelivery({ source, headers, body, receivedAt }: DeliveryInput): GitlabDelivery {
  const payload = payloadOf(body);
  const given = payload.object_kind ?? payload.event_name ?? payload.event_type;
  return {
    source,
    kind:
      answeredEvent({ headers }) ?? need(name(given), given, "object_kind", "the kind of event"),
    body: payload,
    receivedAt,
    eventId: identifier(headers["x-gitlab-event-uuid"]),
  };
}

/** The project's path with its groups. Job hooks of older versions have no project, but say where to clone it. */
export function repositoryOf(body: Payload): string {
  const given = part(body.project).path_with_namespace;
  const repository = part(body.repository);
  const path =
    identifier(given) ??
    repositoryAt(repository.git_ssh_url) ??
    repositoryAt(repository.git_http_url) ??
    repositoryAt(repository.homepage);
  return need(path, given, "project.path_with_namespace", "the project's path");
}

/** The person, as they are known at GitLab. */
export function personOf(value: unknown): string | null {
  const person = part(value);
  return name(person.username) ?? name(person.name);
}

/** RFC 3339, and GitLab's other two: `2016-08-22 20:41:06 UTC` and `2025-05-02 12:36:52 +0000`. */
export function gitlabTime(value: unknown): Time | null {
  if (typeof value !== "string") return toTime(value);
  return toTime(value.replace(/ UTC$/, "Z").replace(/ (?=[+-]\d{4}$)/, ""));
}
