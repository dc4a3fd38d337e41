import { sourceKey } from "@/lib/facts/keys";
import type { IncidentState, Report } from "@/lib/facts/reports";
import type { IncidentMembers, Statement, Time } from "@/lib/facts/types";
import { type EventReader, repositoryOf } from "@/lib/sources/github/delivery";
import { isIncidentLabel, placeByLabels } from "@/lib/sources/incident-labels";
import { count, list, name, need, type Payload, part, text } from "@/lib/sources/payload";
import { byStep } from "@/lib/sources/step-report";
import { named, toTime } from "@/lib/sources/time";

type IncidentReport = Report<IncidentState>;

/**
 * An issue with an incident label is an incident, from the labelling until the
 * label is taken off or the issue closed. Each action is a report, so that the
 * first resolution after an opening counts, and a close alone opens nothing.
 */
export const readIssues: EventReader = (delivery) => {
  const { source, body, action, receivedAt } = delivery;
  const issue = part(body.issue);
  const labels = list(issue.labels).flatMap((label) => name(part(label).name) ?? []);
  const isIncident = labels.some(isIncidentLabel);
  const endsOne = action === "closed" || action === "unlabeled";
  if (!isIncident && !endsOne) return { ignored: "the issue has no incident label" };
  const repository = repositoryOf(body);
  const number = need(count(issue.number), issue.number, "issue.number", "the issue's number");
  const isGone = action === "deleted" || action === "transferred";
  const when = named([toTime(issue.updated_at), toTime(issue.created_at)], receivedAt);
  const members: IncidentMembers = {
    repository,
    title: text(issue.title, 1000) ?? `${repository}#${number}`,
    url: text(issue.html_url),
    ...(isIncident && placeByLabels(labels)),
    reports: {
      ...reportsOf(action, issue, name(part(body.label).name), isIncident, when.asOf),
      // Nobody will close it here any more, and the payload does not say since when.
      ...(isGone && { [action]: { state: "resolved", at: receivedAt.toISOString() } as const }),
    },
  };
  const key = sourceKey(source, `${repository}#${number}`);
  return [{ noun: "incident", key, ...when, members } satisfies Statement];
};

function reportsOf(
  action: string | null,
  issue: Payload,
  label: string | null,
  isIncident: boolean,
  updatedAt: Time,
): Record<string, IncidentReport> {
  const createdAt = toTime(issue.created_at) ?? updatedAt;
  const closedAt = toTime(issue.closed_at) ?? updatedAt;
  const reports: IncidentReport[] = [];
  // Labelled while closed, or seen with its label and no labelling on record: open since it was made.
  if (isIncident) reports.push({ state: "opened", at: createdAt, presumed: true });
  if (isIncident && issue.state === "closed") reports.push({ state: "resolved", at: closedAt });
  else if (action === "opened") reports.push({ state: "opened", at: createdAt });
  else if (isIncident && action === "reopened") reports.push({ state: "reopened", at: updatedAt });
  else if (action === "labeled" && label && isIncidentLabel(label))
    reports.push({ state: "opened", at: updatedAt });
  if (!isIncident && action === "closed") reports.push({ state: "resolved", at: closedAt });
  if (!isIncident && action === "unlabeled" && label && isIncidentLabel(label))
    reports.push({ state: "resolved", at: updatedAt });
  return byStep(reports);
}
