import { contentHash } from "@/lib/facts/canonical";
import { sourceKey } from "@/lib/facts/keys";
import { type Payload, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { deploymentByTags, tagsOf } from "@/lib/sources/tagged-event";
import { named, toTime } from "@/lib/sources/time";
import { receiptPeriod } from "@/lib/sources/timeless";

const event = "api.event";

/** An event as POST /api/v1/events of Datadog takes it: a deployment only by its tags. */
export function readDatadogEvent({ source, receivedAt }: DeliveryInput, body: Payload): Reading {
  const tags = tagsOf(body.tags);
  const words = [text(body.title), text(body.text)].filter(Boolean);
  const deployment = deploymentByTags({ source, tags, description: words.join(": ") });
  if (!deployment)
    return { outcome: "ignored", event, reason: "no tag of it says that it is a deployment" };
  const happenedAt = toTime(body.date_happened);
  const when = named([happenedAt], receivedAt);
  const identity = contentHash([happenedAt ?? receiptPeriod(receivedAt), tags.toSorted(), words]);
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "deployment",
        key: sourceKey(source, `event:${identity.slice(0, 32)}`),
        ...when,
        members: { ...deployment, finishedAt: when.asOf },
      },
    ],
  };
}
