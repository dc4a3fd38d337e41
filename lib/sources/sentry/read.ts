import { identifier, isPayload, name, type Payload, part, payloadOf } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { readEventAlert } from "@/lib/sources/sentry/event-alert";
import { readIssue } from "@/lib/sources/sentry/issue";
import { readMetricAlert } from "@/lib/sources/sentry/metric-alert";
import { toTime } from "@/lib/sources/time";

/**
 * What an internal integration of Sentry sends: alerts of issues (`event_alert`), issues
 * themselves, metric alerts; and the bodies of the old webhook plugin, which have no action.
 */
export function readSentry(input: DeliveryInput): Reading {
  const body = payloadOf(input.body);
  const data = part(body.data);
  const action = name(body.action);
  const resource = name(input.headers["sentry-hook-resource"]) ?? resourceOf(body, data);
  const event = action ? `${resource}.${action}` : resource;
  switch (resource) {
    case "event_alert":
      return readEventAlert(input, event, part(data.event), name(data.triggered_rule));
    case "legacy":
      return readEventAlert(input, event, legacyEvent(body), null);
    case "issue":
      return readIssue({ ...input, event, action, issue: part(data.issue), sentAt: sentAt(input) });
    case "metric_alert":
      return readMetricAlert({ ...input, event, action, data, sentAt: sentAt(input) });
    default:
      return { outcome: "ignored", event, reason: "it tells of no alert and no issue" };
  }
}

function resourceOf(body: Payload, data: Payload): string {
  if (isPayload(data.metric_alert)) return "metric_alert";
  if (isPayload(data.issue)) return "issue";
  if (isPayload(data.event)) return "event_alert";
  return isPayload(body.event) && identifier(body.id) !== null ? "legacy" : "unknown";
}

/** The plugin's body is the issue, with its latest event inside. */
function legacyEvent(body: Payload): Payload {
  const event = part(body.event);
  const title = event.title ?? body.message;
  const [project, level, web_url] = [body.project_slug ?? body.project, body.level, body.url];
  return { level, ...event, issue_id: body.id, title, web_url, project };
}

/** When Sentry sent it, by a header that its signature does not cover. */
function sentAt({ headers }: DeliveryInput) {
  const seconds = headers["sentry-hook-timestamp"] ?? "";
  return /^\d{9,11}$/.test(seconds) ? toTime(Number(seconds)) : null;
}
