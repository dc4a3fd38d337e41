import { sourceKey } from "@/lib/facts/keys";
import type { ReleaseMembers } from "@/lib/facts/types";
import { type Change, openChange } from "@/lib/sources/launchdarkly/change";
import { percentOf } from "@/lib/sources/launchdarkly/rollout";
import { identifier, name, need, type Payload, part, payloadOf, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";

/** What changes who gets which variation; edits of names, tags, descriptions and maintainers do not. */
const telling =
  /^(create|delete)Flag$|^(update(On|Rules|FallthroughWithMeasuredRollout|RulesWithMeasuredRollout|Fallthrough|Targets|ContextTargets|ExpiringTargets|Prerequisites|OffVariation|FlagVariations|FlagDefaultVariations|GlobalArchived|Archived|Variations)|stopMeasuredRollout\w*|copyFlagConfigTo|addFlagVariations)$/;

/** One entry of LaunchDarkly's audit log, or the context of it that integrations are given. */
export function readLaunchdarkly(input: DeliveryInput): Reading {
  const body = payloadOf(input.body);
  const change = openChange(body, input.receivedAt);
  const { action, kind, when } = change;
  const event = `${kind}.${action}`;
  if (kind !== "flag") return { outcome: "ignored", event, reason: "it changes no flag" };
  if (!telling.test(action))
    return {
      outcome: "ignored",
      event,
      reason: "it changes nothing that anybody is served",
    };
  const flag = need(change.flag, body.key, "accesses[0].resource", "the flag's key");
  const id = identifier(body._id) ?? `${flag}:${change.environment ?? ""}:${action}:${when.asOf}`;
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "release",
        key: sourceKey(input.source, id),
        ...when,
        members: {
          service: serviceOf(body, change),
          environment: change.environment,
          subject: "flag",
          flag,
          title: name(body.name) ?? flag,
          author: personOf(body.member),
          at: when.asOf,
          url: addressOf(body),
          ...switched(body, change),
          ...rolledOut(body, change),
        },
      },
    ],
  };
}

/** updateOn covers both; the verb says which. An archived flag serves nobody any more. */
function switched(body: Payload, { action }: Change): ReleaseMembers {
  const verb = name(body.titleVerb) ?? "";
  if (action === "updateOn") {
    if (/\bon\b/.test(verb)) return { enabled: true };
    return /\boff\b/.test(verb) ? { enabled: false } : {};
  }
  if (action === "deleteFlag") return { enabled: false };
  if (/Archived$/.test(action) && !/restored|unarchived/.test(verb)) return { enabled: false };
  return {};
}

function rolledOut(body: Payload, { environment, action }: Change): ReleaseMembers {
  if (environment === null || !/Fallthrough|Rollout/.test(action)) return {};
  const percent = percentOf(part(body.currentVersion), environment);
  return percent === null ? {} : { percent };
}

/** A tag `service:checkout` of the flag, else its project. */
function serviceOf({ tags, target }: Payload, { project }: Change): string {
  const given = [tags, part(target).tags].flatMap((one) => (Array.isArray(one) ? one : []));
  const tagged = given.flatMap((tag) => /^service[:=](.+)$/i.exec(name(tag) ?? "")?.[1] ?? [])[0];
  return name(tagged) ?? project ?? "launchdarkly";
}

function personOf(value: unknown): string | null {
  const member = part(value);
  const names = [name(member.firstName), name(member.lastName)].filter(Boolean).join(" ");
  return name(member.email) ?? name(names);
}

function addressOf(body: Payload): string | null {
  const links = part(body._links);
  const targets = part(part(body.target)._links);
  const href = text(part(targets.site).href) ?? text(part(links.site).href);
  if (href?.startsWith("/")) return `https://app.launchdarkly.com${href}`;
  return href;
}
