import { notRead, readingOf } from "@/lib/sources/event-reader";
import { name, need, part, payloadOf } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { readBuild } from "@/lib/sources/spinnaker/build";
import { readExecution } from "@/lib/sources/spinnaker/execution";

/** Events that echo passes on: builds of igor, and orca's executions. Tasks are parts of their stages. */
export function readSpinnaker({ source, body, receivedAt }: DeliveryInput): Reading {
  const event = payloadOf(body);
  const { type } = part(event.details);
  const title = need(name(type), type, "details.type", "the event's type");
  if (title === "build") return readingOf(title, readBuild(source, event, receivedAt));
  if (/^orca:(pipeline|stage):/.test(title))
    return readingOf(title, readExecution(source, event, receivedAt));
  const reason = title.startsWith("orca:task:")
    ? "a task; its stage and pipeline tell the rest"
    : notRead;
  return readingOf(title, { ignored: reason });
}
