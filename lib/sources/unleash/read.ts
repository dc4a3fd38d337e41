import { contentHash } from "@/lib/facts/canonical";
import { sourceKey } from "@/lib/facts/keys";
import type { ReleaseMembers } from "@/lib/facts/types";
import {
  identifier,
  list,
  name,
  need,
  type Payload,
  part,
  payloadOf,
  text,
} from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { named, toTime } from "@/lib/sources/time";

/**
 * What changes who gets a flag. Tags, staleness, favourites and the like do not, and of a
 * change request only its application does.
 */
const telling =
  /^(feature-(created|archived|revived|deleted|import|environment-(enabled|disabled)|strategy-(add|update|remove)|variants-updated|environment-variants-updated)|strategy-order-changed|change-request-applied)$/;

/** One event of Unleash, whole, or as a template of the user's puts it under `event`. */
export function readUnleash({ source, body, receivedAt }: DeliveryInput): Reading {
  const sent = payloadOf(body);
  const told = sent.type === undefined ? part(sent.event) : sent;
  const event = need(name(told.type), told.type, "type", "the event's type");
  if (!telling.test(event))
    return { outcome: "ignored", event, reason: "it changes nothing that anybody is served" };
  const flag = name(told.featureName);
  if (flag === null && event === "change-request-applied")
    return { outcome: "ignored", event, reason: "its changes come as events of their own" };
  const when = named([toTime(told.createdAt)], receivedAt);
  const id =
    identifier(told.id) ?? contentHash([event, flag, told.environment, when.asOf]).slice(0, 32);
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "release",
        key: sourceKey(source, id),
        ...when,
        members: {
          service: serviceOf(told),
          // Flags are made and archived in all environments at once.
          environment: name(told.environment),
          subject: "flag",
          flag: need(flag, told.featureName, "featureName", "the flag's name"),
          title: name(told.label) ?? event,
          author: name(told.createdBy),
          at: when.asOf,
          ...switched(event),
          ...rolledOut(event, part(told.data)),
          url: text(told.link),
        },
      },
    ],
  };
}

/** The type says what happened: data may be null. */
function switched(event: string): ReleaseMembers {
  if (event === "feature-environment-enabled") return { enabled: true };
  const isOff = ["feature-environment-disabled", "feature-archived", "feature-deleted"];
  return isOff.includes(event) ? { enabled: false } : {};
}

/** The share of one strategy, as a text; a strategy that is switched off serves nobody by it. */
function rolledOut(event: string, data: Payload): ReleaseMembers {
  if (!/strategy-(add|update)$/.test(event) || data.disabled === true) return {};
  const given = identifier(part(data.parameters).rollout);
  const percent = given !== null && /^\d{1,3}(\.\d+)?$/.test(given) ? Number(given) : null;
  return percent !== null && percent <= 100 ? { percent } : {};
}

/** A tag of type `service`, or a simple one as `service:checkout`; else the flag's project. */
function serviceOf(told: Payload): string {
  const tags = list(told.tags).map(part);
  const simple = tags.flatMap(
    ({ value }) => /^service[:=](.+)$/i.exec(name(value) ?? "")?.[1] ?? [],
  );
  const typed = tags.find(({ type }) => type === "service");
  return name(typed?.value) ?? name(simple[0]) ?? name(told.project) ?? "unleash";
}
