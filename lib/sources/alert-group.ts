import { contentHash } from "@/lib/facts/canonical";
import { sourceKey } from "@/lib/facts/keys";
import type { Statement } from "@/lib/facts/types";
import {
  beginning,
  count,
  identifier,
  isPayload,
  list,
  name,
  need,
  type Payload,
  part,
  text,
} from "@/lib/sources/payload";
import { type DeliveryInput, type Reading, UnreadableDelivery } from "@/lib/sources/reader";
import { named, toTime } from "@/lib/sources/time";

/**
 * One delivery is a group, as Alertmanager and Grafana send it; each of its alerts is
 * a fact of its own, by fingerprint and start, with a status of its own: a firing group
 * may hold resolved alerts. (prometheus.io/docs/alerting/latest/configuration, webhook
 * version 4; senders of 2018 leave out the alerts' status and fingerprint.)
 */
export function readAlertGroup(input: DeliveryInput, group: Payload, kind: string): Reading {
  const alerts = need(
    Array.isArray(group.alerts) ? group.alerts : null,
    group.alerts,
    "alerts",
    "a list of alerts",
  );
  const event = `${kind}.${name(group.status) ?? "unknown"}`;
  if (alerts.length === 0) return { outcome: "ignored", event, reason: "the group has no alerts" };
  const cut = count(group.truncatedAlerts) ?? 0;
  return {
    outcome: "read",
    // max_alerts cut the list: said in the inbox, since those alerts are not coming.
    event: cut > 0 ? `${event} (cut off by the sender)` : event,
    statements: list(alerts).map((alert, index) => alertStatement(input, group, alert, index)),
  };
}

/** The group's status stands before its alerts, so the beginning of the body is enough. */
export function groupStatus(body: Uint8Array): string | null {
  return /"status"\s*:\s*"(firing|resolved)"/.exec(beginning(body))?.[1] ?? null;
}

function alertStatement(
  { source, receivedAt }: DeliveryInput,
  group: Payload,
  given: unknown,
  index: number,
): Statement {
  if (!isPayload(given)) throw new UnreadableDelivery("wrong_type", `alerts[${index}]`, "an alert");
  const labels = texts(given.labels);
  const annotations = texts(given.annotations);
  const startedAt = need(
    toTime(given.startsAt),
    given.startsAt,
    `alerts[${index}].startsAt`,
    "an RFC 3339 time",
  );
  const fingerprint = identifier(given.fingerprint) ?? contentHash(labels).slice(0, 16);
  const isResolved = (name(given.status) ?? name(group.status)) === "resolved";
  // The end of a firing alert is zero or a guess at the future, so it says nothing.
  const when = isResolved ? named([toTime(given.endsAt)], receivedAt) : { asOf: startedAt };
  const ofGroup = name(part(group.groupLabels).alertname);
  const alertName = name(labels.alertname) ?? ofGroup ?? name(annotations.summary) ?? fingerprint;
  return {
    noun: "alert",
    key: sourceKey(source, `${fingerprint}:${startedAt}`),
    ...when,
    members: {
      name: alertName,
      service: firstName(labels, serviceLabels),
      environment: firstName(labels, environmentLabels),
      severity: name(labels.severity),
      startedAt,
      ...(isResolved && { endedAt: when.asOf }),
      labels,
      summary: annotations.summary ?? annotations.description ?? null,
      url: text(given.generatorURL) ?? text(given.panelURL) ?? text(given.dashboardURL),
    },
  };
}

/** Where alerts say what they are about, the likeliest first. */
export const serviceLabels: readonly string[] = ["service", "app", "job"];
export const environmentLabels: readonly string[] = ["environment", "env", "stage"];

/** The first of these labels that is there. */
export function firstName(labels: Record<string, string>, names: readonly string[]): string | null {
  return names.map((label) => name(labels[label])).find((value) => value !== null) ?? null;
}

/** Labels and annotations are text by text; what is neither is left out. */
export function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(part(value)).flatMap(([label, given]) => {
      const [key, told] = [name(label), text(given)];
      return key !== null && told !== null ? [[key, told]] : [];
    }),
  );
}
