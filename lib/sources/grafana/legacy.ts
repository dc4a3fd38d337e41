import { sourceKey } from "@/lib/facts/keys";
import { environmentLabels, firstName, serviceLabels, texts } from "@/lib/sources/alert-group";
import { identifier, list, name, need, type Payload, part, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";

const states: Record<string, "opened" | "resolved"> = {
  __proto__: null as never,
  alerting: "opened",
  no_data: "opened",
  ok: "resolved",
};

/**
 * An alert of Grafana's alerting before version 11: a rule has one state for all of its
 * series, and its end comes without them, so the rule is the alert, and the tags of what
 * matched are its labels. There is no time and no id of the episode in it.
 */
export function readLegacyAlert(input: DeliveryInput, body: Payload): Reading {
  const rule = need(
    identifier(body.ruleId) ?? identifier(body.ruleName),
    body.ruleId,
    "ruleId",
    "the rule's id",
  );
  const sent = need(name(body.state), body.state, "state", "the rule's state");
  const event = `legacy.${sent}`;
  const state = states[sent];
  if (!state)
    return {
      outcome: "ignored",
      event,
      reason: "a state that is neither the start nor the end of one",
    };
  const at = input.receivedAt.toISOString();
  const labels = { ...matchedTags(body.evalMatches), ...texts(body.tags) };
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "alert",
        key: sourceKey(input.source, `rule:${identifier(body.orgId) ?? ""}:${rule}`),
        asOf: at,
        timeFromReceipt: true,
        members: {
          name: name(body.ruleName) ?? name(body.title) ?? rule,
          ...(state === "opened" && {
            service: firstName(labels, serviceLabels),
            environment: firstName(labels, environmentLabels),
            severity: name(labels.severity),
            labels,
            summary: text(body.message),
          }),
          url: text(body.ruleUrl),
          reports: { [`${state} ${at}`]: { state, at, presumed: true } },
        },
      },
    ],
  };
}

/** The tags that every series that matched has alike. */
function matchedTags(value: unknown): Record<string, string> {
  const [first = {}, ...others] = list(value).map((match) => texts(part(match).tags));
  return Object.fromEntries(
    Object.entries(first).filter(([tag, given]) => others.every((other) => other[tag] === given)),
  );
}
