import { sourceKey } from "@/lib/facts/keys";
import type { Report } from "@/lib/facts/reports";
import type { Time } from "@/lib/facts/types";
import {
  identifier,
  known,
  list,
  name,
  need,
  type Payload,
  part,
  text,
} from "@/lib/sources/payload";
import type { Reading } from "@/lib/sources/reader";
import type { Sent } from "@/lib/sources/sentry/issue";
import { named, toTime } from "@/lib/sources/time";

/**
 * A metric alert, numbered anew each time it opens: `critical` and `warning` are its
 * severities, `resolved` its end, of which `date_closed` may still be null.
 */
export function readMetricAlert(sent: Sent & { data: Payload }): Reading {
  const { source, receivedAt, event, action, data, sentAt } = sent;
  const alert = part(data.metric_alert);
  const rule = part(alert.alert_rule);
  const id = need(identifier(alert.id), alert.id, "data.metric_alert.id", "the alert's id");
  const isOver = action === "resolved";
  if (!isOver && action !== "critical" && action !== "warning" && action !== "open")
    return { outcome: "ignored", event, reason: "it neither opens nor resolves the alert" };
  const startedAt = first([alert.date_started, alert.date_detected, alert.date_created]);
  const closedAt = isOver ? toTime(alert.date_closed) : null;
  const when = named([closedAt, sentAt, isOver ? null : startedAt], receivedAt);
  const reports: Record<string, Report<"opened" | "resolved">> = {};
  const isGuess = when.timeFromReceipt && { presumed: true };
  if (startedAt) reports.started = { state: "opened", at: startedAt };
  else if (!isOver) reports[`opened ${when.asOf}`] = { state: "opened", at: when.asOf, ...isGuess };
  if (isOver) reports[`resolved ${when.asOf}`] = { state: "resolved", at: when.asOf, ...isGuess };
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "alert",
        key: sourceKey(source, `metric:${id}`),
        ...when,
        members: {
          name: name(rule.name) ?? text(alert.title, 1000) ?? `Sentry metric alert ${id}`,
          ...known({
            service: list(alert.projects).flatMap((project) => name(project) ?? [])[0] ?? null,
            environment: name(rule.environment),
            summary: text(data.description_text),
            url: text(data.web_url),
          }),
          // How bad it was stays when it is over.
          ...(!isOver && { severity: action }),
          reports,
        },
      },
    ],
  };
}

function first(times: readonly unknown[]): Time | null {
  return times.map(toTime).find((time) => time !== null) ?? null;
}
