import { sourceKey } from "@/lib/facts/keys";
import type { Report } from "@/lib/facts/reports";
import type { IncidentMembers } from "@/lib/facts/types";
import { toFineTime } from "@/lib/sources/nanoseconds";
import {
  identifier,
  known,
  list,
  name,
  need,
  type Payload,
  payloadOf,
  text,
} from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { named } from "@/lib/sources/time";

const states: readonly string[] = ["created", "activated", "acknowledged", "deactivated", "closed"];

/**
 * An issue of New Relic as a workflow's webhook tells it. The body is a template of the
 * user's: this reads the one that New Relic proposes, the older one, and that of the guide.
 * `created` and `activated` both come for one issue, and open it at the same time.
 */
export function readNewrelic({ source, body, receivedAt }: DeliveryInput): Reading {
  const issue = payloadOf(body);
  const given = issue.issueId ?? issue.id ?? issue.incident_id;
  const id = need(identifier(given), given, "id", "the issue's id");
  const sent = issue.state ?? issue.current_state;
  const state = need(name(sent)?.toLowerCase() ?? null, sent, "state", "the issue's state");
  const event = `incident.${state}`;
  if (!states.includes(state))
    return {
      outcome: "ignored",
      event,
      reason: "a state that is not known here",
    };
  const openedAt = toFineTime(issue.createdAt) ?? toFineTime(issue.activatedAt);
  const times: Record<string, unknown[]> = {
    acknowledged: [issue.acknowledgedAt, issue.updatedAt],
    closed: [issue.closedAt, issue.updatedAt],
  };
  // Only of its opening is there always a time; all else is of its receipt without one.
  const told = Object.hasOwn(times, state) ? times[state] : [issue.updatedAt, openedAt];
  const when = named((told ?? []).map(toFineTime), receivedAt);
  const isGuess = when.timeFromReceipt && { presumed: true };
  const reports: Record<string, Report<"opened" | "resolved">> = openedAt
    ? { created: { state: "opened", at: openedAt } }
    : state === "closed"
      ? {}
      : { [`seen ${when.asOf}`]: { state: "opened", at: when.asOf, presumed: true } };
  if (state === "closed") reports.closed = { state: "resolved", at: when.asOf, ...isGuess };
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "incident",
        key: sourceKey(source, id),
        ...when,
        members: {
          title: titleOf(issue) ?? id,
          ...known({
            ...place(issue),
            severity: name(issue.priority) ?? name(issue.severity),
            url: text(issue.issueUrl) ?? text(issue.incident_url),
          }),
          ...(state === "acknowledged" && { acknowledgedAt: when.asOf }),
          reports,
        },
      },
    ],
  };
}

function titleOf(issue: Payload): string | null {
  const conditions = [issue.condition_name, ...list(issue.alertConditionNames)];
  return (
    text(issue.title, 1000) ??
    conditions.flatMap((one) => text(one, 1000) ?? [])[0] ??
    text(issue.details, 1000)
  );
}

/** The first entity names the service, unless the template was given one. */
function place(issue: Payload): IncidentMembers {
  const entities = list(issue.impactedEntities).flatMap((entity) => name(entity) ?? []);
  return {
    service: name(issue.service) ?? entities[0] ?? null,
    environment: name(issue.environment),
  };
}
