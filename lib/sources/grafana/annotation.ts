import { contentHash } from "@/lib/facts/canonical";
import { sourceKey } from "@/lib/facts/keys";
import type { Payload } from "@/lib/sources/payload";
import { text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { deploymentByTags, tagsOf } from "@/lib/sources/tagged-event";
import { named, toTime } from "@/lib/sources/time";
import { receiptPeriod } from "@/lib/sources/timeless";

const event = "annotation";

/**
 * An annotation as POST /api/annotations takes it (`time` and `timeEnd` in milliseconds,
 * `tags`, `text`) or POST /api/annotations/graphite (`when` in seconds, `what`, `data`).
 * It is a deployment only by its tags; one without a time is of its receipt.
 */
export function readAnnotation({ source, receivedAt }: DeliveryInput, body: Payload): Reading {
  const tags = tagsOf(body.tags);
  const words = [text(body.what), text(body.text), text(body.data)].filter(Boolean);
  const deployment = deploymentByTags({ source, tags, description: words.join(": ") });
  if (!deployment)
    return { outcome: "ignored", event, reason: "no tag of it says that it is a deployment" };
  const startedAt = toTime(body.time) ?? toTime(body.when);
  const when = named([toTime(body.timeEnd), startedAt], receivedAt);
  const key = contentHash([startedAt ?? receiptPeriod(receivedAt), tags.toSorted(), words]);
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "deployment",
        key: sourceKey(source, `${event}:${key.slice(0, 32)}`),
        ...when,
        members: {
          ...deployment,
          ...(startedAt && startedAt < when.asOf && { startedAt }),
          finishedAt: when.asOf,
        },
      },
    ],
  };
}
