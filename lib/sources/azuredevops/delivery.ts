import type { Time } from "@/lib/facts/types";
import type { EventReader } from "@/lib/sources/event-reader";
import { identifier, name, need, type Payload, part, payloadOf } from "@/lib/sources/payload";
import type { DeliveryInput } from "@/lib/sources/reader";
import { repositoryAt } from "@/lib/sources/repository-address";
import { toTime } from "@/lib/sources/time";

/** One delivery with its body read, as every event's reader is given it. */
export interface AzureDelivery {
  source: string;
  /** `eventType`, in the body alone. */
  event: string;
  /** What the event is about. */
  resource: Payload;
  /** When the event was made. */
  sentAt: Time | null;
  /** The "Test" of the form sends a sample about a company that does not exist. */
  isSample: boolean;
  receivedAt: Date;
}

export type AzureReader = EventReader<AzureDelivery>;

export function openDelivery({ source, body, receivedAt }: DeliveryInput): AzureDelivery {
  const payload = payloadOf(body);
  const { eventType, subscriptionId } = payload;
  return {
    source,
    event: need(name(eventType), eventType, "eventType", "the event's name"),
    resource: part(payload.resource),
    sentAt: toTime(payload.createdDate),
    isSample: typeof subscriptionId === "string" && /^0{8}(-0+)+$/.test(subscriptionId),
    receivedAt,
  };
}

/** `project/name`, as people call a repository of Azure Repos. */
export function repositoryOf(given: unknown): string {
  const repository = part(given);
  const [project, own] = [identifier(part(repository.project).name), identifier(repository.name)];
  const path =
    project && own ? identifier(`${project}/${own}`) : repositoryAt(repository.remoteUrl);
  return need(path, repository.name, "resource.repository.name", "a repository of a project");
}

export function personOf(value: unknown): string | null {
  const person = part(value);
  return name(person.displayName) ?? name(person.name) ?? name(person.uniqueName);
}
