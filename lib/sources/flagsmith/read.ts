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

/** A flag's change as an environment's webhook tells it, or an entry of an organisation's audit log. */
export function readFlagsmith(input: DeliveryInput): Reading {
  const body = payloadOf(input.body);
  if (body.event_type === undefined && body.log !== undefined) return readAuditLog(input, body);
  const event = need(name(body.event_type), body.event_type, "event_type", "the event's type");
  if (event !== "FLAG_UPDATED" && event !== "FLAG_DELETED")
    return { outcome: "ignored", event, reason: "it changes no flag" };
  const data = part(body.data);
  // A deleted flag has only what it was before.
  const state = part(data.new_state ?? data.previous_state);
  if ((state.identity ?? state.identity_identifier ?? null) !== null)
    return {
      outcome: "ignored",
      event,
      reason: "an override for one identity changes it for nobody else",
    };
  const feature = part(state.feature);
  const flag = need(
    name(feature.name),
    feature.name,
    "data.new_state.feature.name",
    "the flag's name",
  );
  const when = named([toTime(data.timestamp)], input.receivedAt);
  const environment = part(state.environment);
  const segment =
    identifier(part(state.feature_segment).id) ?? (state.feature_segment ? "segment" : null);
  const id = [identifier(feature.id) ?? flag, identifier(environment.id), segment, when.asOf];
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "release",
        key: sourceKey(input.source, id.filter(Boolean).join(":")),
        ...when,
        members: {
          service: serviceOf(feature),
          environment: name(environment.name),
          subject: "flag",
          flag,
          title: segment ? `${flag}, for a segment` : flag,
          author: name(data.changed_by),
          at: when.asOf,
          // For a segment it is on or off for some: the flag itself stays as it is.
          ...(segment === null && switched(event, state)),
        },
      },
    ],
  };
}

function switched(event: string, state: Payload): ReleaseMembers {
  if (event === "FLAG_DELETED") return { enabled: false };
  const isOn = typeof state.enabled === "boolean" ? { enabled: state.enabled } : {};
  const shares = list(state.multivariate_feature_state_values).flatMap((value) => {
    const share = part(value).percentage_allocation;
    return typeof share === "number" && share >= 0 ? [share] : [];
  });
  const percent = shares.reduce((sum, share) => sum + share, 0);
  return shares.length > 0 && percent <= 100 ? { ...isOn, percent } : isOn;
}

/** Free text, in no environment: what a flag's environments are told, their own webhooks tell. */
function readAuditLog({ source, receivedAt }: DeliveryInput, entry: Payload): Reading {
  const type = name(entry.related_object_type) ?? "unknown";
  const event = `audit-log.${type.toLowerCase()}`;
  const [, what = "", given = ""] = /^([^:]{1,200}): *(.+)$/s.exec(text(entry.log) ?? "") ?? [];
  const flag = name(given);
  if (type !== "FEATURE" || flag === null)
    return { outcome: "ignored", event, reason: "no flag was made or deleted by it" };
  const when = named([toTime(entry.created_date)], receivedAt);
  const id = `audit:${identifier(entry.related_object_id) ?? flag}:${when.asOf}`;
  const author = part(entry.author);
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "release",
        key: sourceKey(source, id),
        ...when,
        members: {
          service: name(part(entry.project).name) ?? "flagsmith",
          environment: name(part(entry.environment).name),
          subject: "flag",
          flag,
          title: text(what),
          author: name(author.email),
          at: when.asOf,
          ...(/deleted/i.test(what) && { enabled: false }),
        },
      },
    ],
  };
}

/** A tag `service:checkout`, else the flag's project. */
function serviceOf(feature: Payload): string {
  const tags = list(feature.tags).flatMap((tag) => name(part(tag).label) ?? name(tag) ?? []);
  const tagged = tags.flatMap((tag) => /^service[:=](.+)$/i.exec(tag)?.[1] ?? [])[0];
  return name(tagged) ?? name(part(feature.project).name) ?? "flagsmith";
}
