import { sourceKey } from "@/lib/facts/keys";
import type { IncidentMembers, Time } from "@/lib/facts/types";
import {
  identifier,
  isPayload,
  known,
  list,
  name,
  need,
  type Payload,
  part,
  payloadOf,
  text,
} from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { latestTime, named, toTime } from "@/lib/sources/time";

/**
 * One change of an incident of FireHydrant, which holds it whole. UPDATED comes for every
 * field; what happened to the incident, its resolution too, are milestones.
 */
export function readFirehydrant({ source, body, receivedAt }: DeliveryInput): Reading {
  const sent = payloadOf(body);
  const { resource, operation } = eventOf(sent);
  const event = `${resource}.${operation}`;
  if (resource !== "incident")
    return { outcome: "ignored", event, reason: "it tells of no incident" };
  const data = part(sent.data);
  const incident = isPayload(data.incident) ? data.incident : part(sent.incident);
  const id = need(identifier(incident.id), incident.id, "data.incident.id", "the incident's id");
  const milestones = milestonesOf(incident);
  const createdAt = timeOf(incident.started_at) ?? timeOf(incident.created_at);
  const changes = list(incident.milestones).map((given) => timeOf(part(given).updated_at));
  const said = [timeOf(incident.updated_at), ...changes, ...Object.values(milestones), createdAt];
  const when = named([latestTime(said)], receivedAt);
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "incident",
        key: sourceKey(source, id),
        ...when,
        members: {
          title: text(incident.name, 1000) ?? id,
          ...placeOf(incident),
          ...known({
            severity: nameIn(incident.severity) ?? nameIn(incident.priority),
            url: text(incident.incident_url),
          }),
          openedAt: milestones.started ?? milestones.detected ?? createdAt ?? when.asOf,
          ...(milestones.acknowledged && { acknowledgedAt: milestones.acknowledged }),
          // Null again when the milestone is taken back, or another one follows it.
          resolvedAt: resolutionOf(incident, milestones, when.asOf),
        },
      },
    ],
  };
}

/** On the wire an object; flattened by some consumers to `incident.created`. */
function eventOf(sent: Payload): { resource: string; operation: string } {
  const event = part(sent.event);
  const operation = name(event.operation) ?? name(sent.operation) ?? "updated";
  const resource = name(event.resource_type) ?? name(sent.resource_type) ?? "incident";
  return { resource: resource.toLowerCase(), operation: operation.toLowerCase() };
}

function milestonesOf(incident: Payload): Record<string, Time> {
  const times: Record<string, Time> = Object.create(null);
  for (const given of list(incident.milestones).map(part)) {
    const type = name(given.type) ?? name(given.slug);
    const at = timeOf(given.occurred_at);
    if (type && at) times[type] = at;
  }
  return times;
}

/** The milestones at which something is still broken, and those at which nothing is any more. */
const open: readonly string[] = [
  "started",
  "detected",
  "acknowledged",
  "investigating",
  "identified",
  "mitigated",
];
const over =
  /^(resolved|closed|(postmortem|retrospective)_(started|completed)|(postmortem|retrospective))$/;

/** The milestone `resolved`, while the current one does not say otherwise; milestones of one's own do not. */
function resolutionOf(
  incident: Payload,
  milestones: Readonly<Record<string, Time>>,
  asOf: Time,
): Time | null {
  const current = name(incident.current_milestone)?.toLowerCase() ?? "";
  if (open.includes(current)) return null;
  return milestones.resolved ?? (over.test(current) ? (milestones[current] ?? asOf) : null);
}

/** RFC 3339 on the wire; `2026-03-02 14:43:05 UTC` and `… +0000` where a consumer wrote it down. */
function timeOf(value: unknown): Time | null {
  if (typeof value !== "string") return toTime(value);
  return (
    toTime(value) ??
    toTime(
      value
        .trim()
        .replace(/ UTC$/, "Z")
        .replace(/ (?=[+-]\d\d)/, ""),
    )
  );
}

/** Told as lists of their own, else as what the incident has an impact on. */
function placeOf(incident: Payload): IncidentMembers {
  const impacted = (type: string) =>
    list(incident.impacts)
      .map(part)
      .filter((one) => one.type === type)
      .map((one) => one.impact);
  const service = [...list(incident.services), ...impacted("service")].flatMap(
    (one) => nameIn(one) ?? [],
  )[0];
  const environment = [...list(incident.environments), ...impacted("environment")].flatMap(
    (one) => nameIn(one) ?? [],
  )[0];
  return { ...(service && { service }), ...(environment && { environment }) };
}

/** Severities are objects on the wire, and texts in other forms. */
function nameIn(value: unknown): string | null {
  const given = part(value);
  return name(given.slug) ?? name(given.name) ?? name(value);
}
