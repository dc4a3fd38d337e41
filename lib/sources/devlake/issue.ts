import { sourceKey } from "@/lib/facts/keys";
import type { IncidentState, Report } from "@/lib/facts/reports";
import type { Statement } from "@/lib/facts/types";
import { memberOf } from "@/lib/sources/devlake/members";
import { connectionPrefix } from "@/lib/sources/devlake/path";
import { identifier, name, need, type Payload, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { byStep } from "@/lib/sources/step-report";
import { named, toTime } from "@/lib/sources/time";

type IncidentReport = Report<IncidentState>;

/** An issue of the type INCIDENT is one, open until its status is DONE or its address closes it. */
export function readIssue(input: DeliveryInput, body: Payload): Reading {
  const given = memberOf(body, "issueKey", "issue_key");
  const key = need(identifier(given), given, "issueKey", "the issue's key");
  const type = name(memberOf(body, "type"));
  const event = "issue";
  if (type?.toUpperCase() !== "INCIDENT")
    return {
      outcome: "ignored",
      event,
      reason: "an issue of another type is no incident",
    };
  const createdAt = toTime(memberOf(body, "createdDate", "created_date"));
  const updatedAt = toTime(memberOf(body, "updatedDate", "updated_date"));
  const resolvedAt = toTime(memberOf(body, "resolutionDate", "resolution_date"));
  const isDone = name(memberOf(body, "status"))?.toUpperCase() === "DONE";
  const when = named([isDone ? resolvedAt : null, updatedAt, createdAt], input.receivedAt);
  const reports: IncidentReport[] = [
    createdAt
      ? { state: "opened", at: createdAt }
      : { state: "opened", at: when.asOf, presumed: true },
  ];
  if (isDone) reports.push({ state: "resolved", at: when.asOf });
  // Seen open later than when it was made: if it was closed between, it was opened again.
  else if (updatedAt && updatedAt !== createdAt) reports.push({ state: "reopened", at: updatedAt });
  const service = name(memberOf(body, "component"));
  const statement: Statement = {
    noun: "incident",
    key: issueKey(input, key),
    ...when,
    members: {
      ...(service && { service }),
      title: text(memberOf(body, "title"), 1000) ?? key,
      severity: name(memberOf(body, "severity")) ?? name(memberOf(body, "priority")),
      url: text(memberOf(body, "url")),
      reports: byStep(reports),
    },
  };
  return { outcome: "read", event, statements: [statement] };
}

/** It says neither when nor of what type, so it ends what was opened before its receipt. */
export function closeStatement(input: DeliveryInput, key: string): Statement {
  const at = input.receivedAt.toISOString();
  return {
    noun: "incident",
    key: issueKey(input, key),
    ...named([], input.receivedAt),
    members: { reports: { [`closed ${at}`]: { state: "resolved", at, presumed: true } } },
  };
}

function issueKey(input: DeliveryInput, key: string): string {
  return sourceKey(input.source, `${connectionPrefix(input)}${key}`);
}
