import { sourceKey } from "@/lib/facts/keys";
import type { Report } from "@/lib/facts/reports";
import type { Time } from "@/lib/facts/types";
import { identifier, known, name, need, type Payload, part, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { named, toTime } from "@/lib/sources/time";

export interface Sent extends DeliveryInput {
  event: string;
  action: string | null;
  /** When Sentry says that it sent this. */
  sentAt: Time | null;
}

/**
 * An issue is an alert while it is unresolved. What happened to it happened when Sentry
 * sent it: the body names only when the issue was first and last seen.
 */
export function readIssue(sent: Sent & { issue: Payload }): Reading {
  const { source, receivedAt, event, action, issue, sentAt } = sent;
  const firstSeen = toTime(issue.firstSeen);
  const isOver = action === "resolved";
  if (!isOver && action !== "created" && action !== "unresolved")
    return { outcome: "ignored", event, reason: "it neither opens nor resolves the issue" };
  const id = need(identifier(issue.id), issue.id, "data.issue.id", "the issue's id");
  const when = named(action === "created" ? [firstSeen, sentAt] : [sentAt], receivedAt);
  const project = part(issue.project);
  const reports: Record<string, Report<"opened" | "resolved">> = {};
  const isGuess = when.timeFromReceipt && { presumed: true };
  const state = isOver ? "resolved" : "opened";
  reports[`${state} ${when.asOf}`] = { state, at: when.asOf, ...isGuess };
  // Of an issue whose opening was never told, all that is known is when it was first seen.
  if (isOver && firstSeen)
    reports[`first seen ${firstSeen}`] = { state: "opened", at: firstSeen, presumed: true };
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "alert",
        key: sourceKey(source, `issue:${id}`),
        ...when,
        members: {
          name: text(issue.title, 1000) ?? `Sentry issue ${id}`,
          ...known({
            service: name(project.slug) ?? name(project.name),
            severity: name(issue.level),
            summary: text(issue.culprit),
            url: text(issue.web_url ?? issue.permalink),
          }),
          reports,
        },
      },
    ],
  };
}
