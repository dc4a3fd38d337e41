import { sourceKey } from "@/lib/facts/keys";
import type { IncidentState, Report } from "@/lib/facts/reports";
import { eventSubject, isOver, serviceOf, stampOf } from "@/lib/sources/incidentio/incident";
import { identifier, name, need, type Payload, part, payloadOf, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { latestTime, named, toTime } from "@/lib/sources/time";

type IncidentReport = Report<IncidentState>;

/**
 * One event of incident.io: what it tells of stands under a member that is called like
 * the event. Private incidents come as an id alone.
 */
export function readIncidentio(input: DeliveryInput): Reading {
  const body = payloadOf(input.body);
  const event = need(name(body.event_type), body.event_type, "event_type", "the event's type");
  if (!/(^|\.)incident_/.test(event))
    return { outcome: "ignored", event, reason: "it tells of no incident's state" };
  if (event.startsWith("private_incident."))
    return { outcome: "ignored", event, reason: "of a private incident only its id is sent" };
  const told = eventSubject(body, event);
  const incident = told.incident === undefined ? told : part(told.incident);
  const mode = name(incident.mode);
  if (mode === "test" || mode === "tutorial")
    return { outcome: "ignored", event, reason: "an incident for tests or tutorials is none" };
  return { outcome: "read", event, statements: [statementOf(input, event, told, incident)] };
}

function statementOf(input: DeliveryInput, event: string, told: Payload, incident: Payload) {
  const id = need(identifier(incident.id), incident.id, `${event}.id`, "the incident's id");
  const times = [toTime(incident.updated_at), toTime(incident.created_at), sentAt(input)];
  const when = named(times, input.receivedAt);
  const openedAt = stampOf(incident, "Reported at") ?? toTime(incident.created_at);
  const acknowledgedAt = stampOf(incident, "Accepted at");
  const severity = name(part(incident.severity).name);
  const service = serviceOf(incident);
  return {
    noun: "incident" as const,
    key: sourceKey(input.source, id),
    ...when,
    members: {
      title: text(incident.name, 1000) ?? name(incident.reference) ?? id,
      ...(service && { service }),
      ...(severity && { severity }),
      ...(text(incident.permalink) && { url: text(incident.permalink) }),
      ...(acknowledgedAt && { acknowledgedAt }),
      reports: reportsOf(told, incident, when, openedAt),
    },
  };
}

function reportsOf(
  told: Payload,
  incident: Payload,
  when: { asOf: string; timeFromReceipt?: true },
  openedAt: string | null,
): Record<string, IncidentReport> {
  const reports: Record<string, IncidentReport> = {};
  if (openedAt) reports.reported = { state: "opened", at: openedAt };
  else reports[`seen ${when.asOf}`] = { state: "opened", at: when.asOf, presumed: true };
  const status = told.new_status ?? incident.incident_status;
  if (isOver(status)) {
    const stamp = stampOf(incident, "Resolved at");
    // It may still be of the first time, before the incident was opened again: then this one counts.
    for (const at of [stamp, latestTime([stamp, when.asOf])])
      if (at) reports[`resolved ${at}`] = { state: "resolved", at };
  } else if (isOver(told.previous_status))
    reports[`reopened ${when.asOf}`] = { state: "reopened", at: when.asOf };
  return reports;
}

/** The signature covers it. */
function sentAt({ headers }: DeliveryInput) {
  const seconds = headers["webhook-timestamp"] ?? "";
  return /^\d{9,11}$/.test(seconds) ? toTime(Number(seconds)) : null;
}
