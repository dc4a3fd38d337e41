import { sourceKey } from "@/lib/facts/keys";
import type { IncidentState, Report } from "@/lib/facts/reports";
import type { IncidentMembers, Time } from "@/lib/facts/types";
import { type GitlabReader, gitlabTime, repositoryOf } from "@/lib/sources/gitlab/delivery";
import { count, list, name, need, type Payload, part, text } from "@/lib/sources/payload";
import { byStep } from "@/lib/sources/step-report";
import { named } from "@/lib/sources/time";

/**
 * An issue of the type Incident (`issue`, in newer versions `work_item`). It opens
 * when it is made, and is over when it is closed or its status becomes Resolved,
 * whichever comes first; every step is a report.
 */
export const readIssue: GitlabReader = ({ source, body, receivedAt }) => {
  const issue = part(body.object_attributes);
  if (!isIncident(issue)) return { ignored: "the issue is no incident" };
  const repository = repositoryOf(body);
  const number = need(count(issue.iid), issue.iid, "object_attributes.iid", "the issue's number");
  const when = named([gitlabTime(issue.updated_at), gitlabTime(issue.created_at)], receivedAt);
  const status = changedStatus(body);
  const severity = name(issue.severity)?.toLowerCase();
  return [
    {
      noun: "incident",
      key: sourceKey(source, `${repository}#${number}`),
      ...when,
      members: {
        repository,
        title: text(issue.title, 1000) ?? `${repository}#${number}`,
        url: text(issue.url),
        ...(severity && { severity: severity === "unknown" ? null : severity }),
        ...(status === "acknowledged" && { acknowledgedAt: when.asOf }),
        ...namedByLabels(Array.isArray(body.labels) ? body.labels : issue.labels),
        reports: reportsOf(issue, status, when.asOf),
      },
    },
  ];
};

/** Versions before `type` have an escalation status, of incidents alone. */
function isIncident(issue: Payload): boolean {
  const type = name(issue.type) ?? name(issue.issue_type);
  return type === null ? name(issue.escalation_status) !== null : /^incident$/i.test(type);
}

/** The status that this delivery changed it to; null where it is of something else. */
function changedStatus(body: Payload): string | null {
  return name(part(part(body.changes).escalation_status).current);
}

function reportsOf(
  issue: Payload,
  status: string | null,
  updatedAt: Time,
): Record<string, Report<IncidentState>> {
  const reports: Report<IncidentState>[] = [
    { state: "opened", at: gitlabTime(issue.created_at) ?? updatedAt },
  ];
  if (issue.action === "reopen") reports.push({ state: "reopened", at: updatedAt });
  if (status === "resolved") reports.push({ state: "resolved", at: updatedAt });
  if (issue.state === "closed")
    reports.push({ state: "resolved", at: gitlabTime(issue.closed_at) ?? updatedAt });
  return byStep(reports);
}

/** `service:checkout`, or as a scoped label `service::checkout`; `environment` alike. */
function namedByLabels(given: unknown): Pick<IncidentMembers, "service" | "environment"> {
  if (!Array.isArray(given)) return {};
  const labels = list(given).flatMap((label) => name(part(label).title) ?? []);
  const valueAfter = (pattern: RegExp) =>
    labels.flatMap((label) => pattern.exec(label)?.[1] ?? [])[0] ?? null;
  return {
    service: valueAfter(/^service(?:::?|\/) *(.+)$/i),
    environment: valueAfter(/^env(?:ironment)?(?:::?|\/) *(.+)$/i),
  };
}
