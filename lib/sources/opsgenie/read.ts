import { sourceKey } from "@/lib/facts/keys";
import type { AlertMembers } from "@/lib/facts/types";
import { environmentLabels, firstName, serviceLabels, texts } from "@/lib/sources/alert-group";
import { payloadWithLongIntegers, toFineTime } from "@/lib/sources/nanoseconds";
import { identifier, name, need, type Payload, part, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { sortTags, tagsOf } from "@/lib/sources/tagged-event";
import { named } from "@/lib/sources/time";

/** The actions that tell of an alert's state; by all others (notes, tags, escalation) it stays as it is. */
const telling: readonly string[] = [
  "Create",
  "Acknowledge",
  "UnAcknowledge",
  "UpdatePriority",
  "UpdateMessage",
  "Close",
  "Delete",
];

/**
 * One action on an alert. `createdAt` is in milliseconds, `updatedAt` in nanoseconds that
 * a double does not hold, and the action happened at the latter.
 */
export function readOpsgenie(input: DeliveryInput): Reading {
  const body = payloadWithLongIntegers(input.body);
  const event = need(name(body.action), body.action, "action", "what was done to the alert");
  if (!telling.includes(event))
    return { outcome: "ignored", event, reason: "it leaves the alert's state as it is" };
  const alert = part(body.alert);
  const id = need(identifier(alert.alertId), alert.alertId, "alert.alertId", "the alert's id");
  const createdAt = toFineTime(alert.createdAt);
  const when = named([toFineTime(alert.updatedAt), createdAt], input.receivedAt);
  const isOver = event === "Close" || event === "Delete";
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "alert",
        key: sourceKey(input.source, id),
        ...when,
        members: {
          name: text(alert.message, 1000) ?? name(alert.alias) ?? id,
          startedAt: createdAt ?? when.asOf,
          ...(isOver && { endedAt: when.asOf }),
          ...severityOf(alert.priority),
          ...labelled(alert, event),
        },
      },
    ],
  };
}

/** P1 to P5; older bodies say the number alone. */
function severityOf(priority: unknown): AlertMembers {
  const given = identifier(priority);
  return given ? { severity: /^[1-5]$/.test(given) ? `P${given}` : given } : {};
}

/**
 * Tags, details, and the entity where the sender named one. Only Create is sure to carry
 * them: other actions come with empty ones, or without, and say nothing of what they lack.
 */
function labelled(alert: Payload, event: string): AlertMembers {
  const { words, values } = sortTags(tagsOf(alert.tags));
  const labels = {
    ...(words.length > 0 && { tags: words.join(", ") }),
    ...texts({ ...values }),
    ...texts(alert.details),
  };
  const service = firstName(labels, serviceLabels) ?? name(alert.entity);
  const environment = firstName(labels, environmentLabels);
  const summary = event === "Delete" ? deleted : text(alert.description);
  const isWhole = event === "Create" || Object.keys(texts(alert.details)).length > 0;
  return {
    ...(service && { service }),
    ...(environment && { environment }),
    ...(isWhole && { labels }),
    ...(summary && { summary }),
  };
}

/** Nobody can close it any more, so it is over; but that is no fix. */
const deleted = "Deleted in Opsgenie, not closed.";
