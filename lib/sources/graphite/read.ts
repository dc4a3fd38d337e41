import { contentHash } from "@/lib/facts/canonical";
import { sourceKey } from "@/lib/facts/keys";
import { payloadOf, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { deploymentByTags, tagsOf } from "@/lib/sources/tagged-event";
import { named, toTime } from "@/lib/sources/time";
import { receiptPeriod } from "@/lib/sources/timeless";

const event = "event";

/**
 * An event of Graphite (graphite-web, docs/events): `what`, `tags` as a list or, before
 * 0.10, as one text, `when` in epoch seconds if it is said at all, `data`. It is a
 * deployment only by its tags, one that ended when it happened.
 */
export function readGraphite({ source, body, receivedAt }: DeliveryInput): Reading {
  const json = payloadOf(body);
  const tags = tagsOf(json.tags);
  const words = [text(json.what), text(json.data)].filter(Boolean);
  const deployment = deploymentByTags({ source, tags, description: words.join(": ") });
  if (!deployment)
    return { outcome: "ignored", event, reason: "no tag of it says that it is a deployment" };
  const at = toTime(json.when);
  const when = named([at], receivedAt);
  const identity = contentHash([at ?? receiptPeriod(receivedAt), tags.toSorted(), words]);
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "deployment",
        key: sourceKey(source, `${event}:${identity.slice(0, 32)}`),
        ...when,
        members: { ...deployment, finishedAt: when.asOf },
      },
    ],
  };
}
