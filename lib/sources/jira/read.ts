import { sourceKey } from "@/lib/facts/keys";
import type { IncidentState, Report } from "@/lib/facts/reports";
import type { Time } from "@/lib/facts/types";
import { isIncidentLabel, placeByLabels } from "@/lib/sources/incident-labels";
import {
  identifier,
  list,
  name,
  need,
  type Payload,
  part,
  payloadOf,
  text,
} from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { byStep } from "@/lib/sources/step-report";
import { named, toTime } from "@/lib/sources/time";

/** The types of issues that tell of something broken; which of them are sent, the webhook's filter says. */
const incidentTypes = /^(\[system\] )?(incident|outage|problem|bug)$/i;

/** An issue of Jira that a type or a label makes an incident; its changes stand in the changelog. */
export function readJira({ source, body, receivedAt }: DeliveryInput): Reading {
  const sent = payloadOf(body);
  const webhook = need(name(sent.webhookEvent), sent.webhookEvent, "webhookEvent", "the event");
  const event = webhook.replace(/^jira:/, "");
  if (!/^issue_(created|updated|deleted)$/.test(event))
    return { outcome: "ignored", event, reason: "it tells of no issue's state" };
  const issue = part(sent.issue);
  const fields = part(issue.fields);
  const labels = list(fields.labels).flatMap((label) => name(label) ?? []);
  const moves = movesIn(sent.changelog);
  const type = name(part(fields.issuetype).name) ?? "";
  const isOne = incidentTypes.test(type) || labels.some(isIncidentLabel);
  if (!isOne && !moves.some(({ label }) => label === "removed"))
    return {
      outcome: "ignored",
      event,
      reason: "neither its type nor a label makes the issue an incident",
    };
  const key = need(identifier(issue.key), issue.key, "issue.key", "the issue's key");
  const updatedAt = toTime(sent.timestamp) ?? toTime(fields.updated);
  const when = named([updatedAt, toTime(fields.created)], receivedAt);
  const { severity, ...place } = placeByLabels(labels);
  const component = name(part(list(fields.components)[0]).name);
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "incident",
        key: sourceKey(source, key),
        ...when,
        members: {
          title: text(fields.summary, 1000) ?? key,
          ...place,
          service: place.service ?? component ?? name(part(fields.project).name),
          severity: severity ?? name(part(fields.priority).name),
          url: addressOf(issue, key),
          reports: reportsOf({
            event,
            fields,
            moves,
            at: when.asOf,
            isOne,
            isTyped: incidentTypes.test(type),
          }),
        },
      },
    ],
  };
}

interface Move {
  /** A label that makes an incident was put on or taken off. */
  label?: "added" | "removed";
  /** The issue lost its resolution. */
  resolution?: "cleared";
  /** It went to another status, of whichever category. */
  status?: "changed";
}

function movesIn(changelog: unknown): Move[] {
  return list(part(changelog).items).flatMap((given): Move[] => {
    const item = part(given);
    const field = name(item.fieldId) ?? name(item.field);
    const [before, after] = [text(item.fromString) ?? "", textAfter(item)];
    const has = (labels: string) => labels.split(/\s+/).some(isIncidentLabel);
    if (field === "labels" && has(before) !== has(after))
      return [{ label: has(after) ? "added" : "removed" }];
    if (field === "resolution" && after === "") return [{ resolution: "cleared" }];
    if (field === "status") return [{ status: "changed" }];
    return [];
  });
}

/** Called like a method that every object has, so only its own member counts. */
function textAfter(item: Payload): string {
  return (Object.hasOwn(item, "toString") ? text(item.toString) : null) ?? "";
}

function reportsOf(told: {
  event: string;
  fields: Payload;
  moves: readonly Move[];
  at: Time;
  isOne: boolean;
  isTyped: boolean;
}): Record<string, Report<IncidentState>> {
  const { event, fields, moves, at, isOne, isTyped } = told;
  const reports: Report<IncidentState>[] = [];
  const tell = (state: IncidentState, time: Time, presumed = false) =>
    reports.push({ state, at: time, ...(presumed && { presumed }) });
  const createdAt = toTime(fields.created);
  // A label may have come later than the issue, so its creation is only a guess then.
  if (isOne && createdAt) tell("opened", createdAt, !isTyped);
  else if (isOne) tell("opened", at, true);
  const category = name(part(part(fields.status).statusCategory).key);
  const movedAt = toTime(fields.statuscategorychangedate);
  const resolvedAt = toTime(fields.resolutiondate);
  if (resolvedAt) tell("resolved", resolvedAt);
  else if (category === "done") tell("resolved", movedAt ?? at);
  // Many workflows set no resolution: an issue that was done is open again by its status alone.
  else if (category && isOne && movedAt) tell("reopened", movedAt);
  else if (category && isOne && moves.some(({ status }) => status)) tell("reopened", at);
  for (const move of moves) {
    if (move.label === "added") tell("opened", at);
    if (move.label === "removed" && !isOne) tell("resolved", at);
    if (move.resolution === "cleared" && isOne) tell("reopened", at);
  }
  // Nobody will resolve it here any more.
  if (event === "issue_deleted") tell("resolved", at);
  return byStep(reports);
}

/** Where people see it; `self` is the API's address. */
function addressOf(issue: Payload, key: string): string | null {
  const site = /^https?:\/\/[^/]+/.exec(text(issue.self) ?? "")?.[0];
  return site ? `${site}/browse/${key}` : null;
}
