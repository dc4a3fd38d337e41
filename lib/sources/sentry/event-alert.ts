import { sourceKey } from "@/lib/facts/keys";
import { identifier, list, name, need, type Payload, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { named, toTime } from "@/lib/sources/time";

const mostLabels = 50;

/**
 * An alert rule fired for an event of an issue: it opens the issue's alert, and tells of no
 * end, which comes when the issue is resolved. The event's release ties it to a deployment.
 */
export function readEventAlert(
  { source, receivedAt }: DeliveryInput,
  event: string,
  sent: Payload,
  rule: string | null,
): Reading {
  const issue = need(issueOf(sent), sent.issue_id, "data.event.issue_id", "the issue's id");
  const times = [toTime(sent.datetime), toTime(sent.timestamp), toTime(sent.received)];
  const when = named(times, receivedAt);
  const report = {
    state: "opened" as const,
    at: when.asOf,
    ...(when.timeFromReceipt && { presumed: true }),
  };
  const release = name(sent.release);
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "alert",
        key: sourceKey(source, `issue:${issue}`),
        ...when,
        members: {
          name: text(sent.title, 1000) ?? `Sentry issue ${issue}`,
          service: projectOf(sent),
          environment: name(sent.environment),
          severity: name(sent.level),
          labels: { ...tags(sent.tags), ...(release && { release }), ...(rule && { rule }) },
          summary: text(sent.culprit) ?? text(sent.message),
          url: text(sent.web_url),
          reports: { [identifier(sent.event_id) ?? `opened ${when.asOf}`]: report },
        },
      },
    ],
  };
}

/** Senders of 2020 name the issue in its address alone. */
function issueOf(sent: Payload): string | null {
  const inAddress = /\/issues\/(\d{1,30})\//.exec(text(sent.issue_url) ?? text(sent.web_url) ?? "");
  return identifier(sent.issue_id) ?? inAddress?.[1] ?? null;
}

/** The project by its slug; an event's own `project` is a number. */
function projectOf(sent: Payload): string | null {
  const inAddress = /\/projects\/[^/]+\/([^/]+)\/events\//.exec(text(sent.url) ?? "");
  return name(inAddress?.[1]) ?? name(sent.project);
}

/** Tags are pairs of name and value. */
function tags(value: unknown): Record<string, string> {
  const pairs = list(value)
    .slice(0, mostLabels)
    .flatMap((tag) => {
      const [key, told] = list(tag).map((one) => text(one, 255));
      return key && told ? [[key, told] as const] : [];
    });
  return Object.fromEntries(pairs);
}
