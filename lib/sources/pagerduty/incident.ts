import { sourceKey } from "@/lib/facts/keys";
import type { IncidentState, Report } from "@/lib/facts/reports";
import type { Statement, Time } from "@/lib/facts/types";
import { identifier, known, name, need, type Payload, part, text } from "@/lib/sources/payload";
import { byStep } from "@/lib/sources/step-report";
import { toTime } from "@/lib/sources/time";

type When = Pick<Statement, "asOf" | "timeFromReceipt">;

/**
 * The incident as one event shows it: `word` says what happened at its time. Openings
 * and resolutions are reports, since events of one incident may arrive late.
 */
export function incidentStatement(
  source: string,
  incident: Payload,
  word: string,
  when: When,
): Statement {
  const id = need(identifier(incident.id), incident.id, "event.data.id", "the incident's id");
  const service = part(incident.service);
  const severity = name(part(incident.priority).summary) ?? name(incident.urgency);
  return {
    noun: "incident",
    key: sourceKey(source, id),
    ...when,
    members: {
      title: text(incident.title, 1000) ?? text(incident.summary, 1000) ?? id,
      ...known({
        service: name(service.summary) ?? name(service.name),
        severity,
        url: text(incident.html_url),
      }),
      ...(word === "acknowledged" && { acknowledgedAt: when.asOf }),
      reports: reportsOf(incident, word, when),
    },
  };
}

/** An event about a note, a responder and the like: the incident is a reference there, without a state. */
export function referenceStatement(source: string, data: Payload, when: When): Statement {
  const incident = part(data.incident);
  const id = need(
    identifier(incident.id),
    incident.id,
    "event.data.incident.id",
    "the incident's id",
  );
  const title = text(incident.summary, 1000);
  const url = text(incident.html_url);
  return {
    noun: "incident",
    key: sourceKey(source, id),
    ...when,
    members: { ...(title && { title }), ...(url && { url }) },
  };
}

type IncidentReport = Report<IncidentState>;

function reportsOf(
  incident: Payload,
  word: string,
  { asOf, timeFromReceipt }: When,
): Record<string, IncidentReport> {
  const reports: IncidentReport[] = [];
  const tell = (state: IncidentReport["state"], at: Time | null, presumed = false) => {
    if (at) reports.push({ state, at, ...(presumed && { presumed }) });
  };
  const createdAt = toTime(incident.created_at);
  tell("opened", createdAt);
  tell("reopened", toTime(incident.reopened_at));
  if (word === "resolved") tell("resolved", asOf, timeFromReceipt);
  else if (word === "reopened") tell("reopened", asOf, timeFromReceipt);
  else if (word === "triggered" && !createdAt) tell("opened", asOf, timeFromReceipt);
  // Without its creation all that is known of an open incident is that it is open by now.
  else if (!createdAt && incident.status !== "resolved") tell("opened", asOf, true);
  return byStep(reports);
}
