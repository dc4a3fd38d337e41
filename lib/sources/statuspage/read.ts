import { sourceKey } from "@/lib/facts/keys";
import type { IncidentMembers } from "@/lib/facts/types";
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
import { type DeliveryInput, type Reading, UnreadableDelivery } from "@/lib/sources/reader";
import { named, toTime } from "@/lib/sources/time";

/** The states of a maintenance that somebody planned. */
const planned: readonly string[] = ["scheduled", "in_progress", "verifying", "completed"];

/** An incident as its page shows it, whole in every update; components' own updates are none. */
export function readStatuspage({ source, body, receivedAt }: DeliveryInput): Reading {
  const sent = payloadOf(body);
  const update = part(sent.component_update);
  if (isPayload(sent.component_update))
    return {
      outcome: "ignored",
      event: `component.${name(update.new_status) ?? "update"}`,
      reason: "a component's state is no incident",
    };
  if (!isPayload(sent.incident))
    throw new UnreadableDelivery("missing_field", "incident", "an incident");
  const { incident } = sent;
  const newest = newestUpdate(incident);
  const status = name(incident.status) ?? name(newest.status) ?? "unknown";
  const event = `incident.${status}`;
  if (text(incident.scheduled_for) || planned.includes(status))
    return { outcome: "ignored", event, reason: "planned maintenance is no incident" };
  const id = need(identifier(incident.id), incident.id, "incident.id", "the incident's id");
  const createdAt = toTime(incident.created_at);
  const when = named(
    [toTime(incident.updated_at), toTime(newest.created_at), createdAt],
    receivedAt,
  );
  const isOver = status === "resolved" || status === "postmortem";
  const resolvedAt = toTime(incident.resolved_at) ?? (isOver ? endOf(newest, when.asOf) : null);
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
          ...affected(incident.components, isOver),
          ...known({ severity: name(incident.impact), url: text(incident.shortlink) }),
          openedAt: createdAt ?? when.asOf,
          // Null again where a later update reopens it, and then the later word stands.
          resolvedAt,
        },
      },
    ],
  };
}

function endOf(newest: Payload, otherwise: string): string {
  return toTime(newest.created_at) ?? otherwise;
}

/** It stands first in the list. */
function newestUpdate(incident: Payload): Payload {
  return part(list(incident.incident_updates)[0]);
}

/**
 * The first component that does not work, else the first that is named; when all is well
 * again, the first of several says nothing of what was broken.
 */
function affected(components: unknown, isOver: boolean): Pick<IncidentMembers, "service"> {
  const all = list(components).map(part);
  const broken = all.find(({ status }) => name(status) !== null && status !== "operational");
  if (!broken && isOver && all.length !== 1) return {};
  return known({ service: name(broken?.name) ?? name(all[0]?.name) });
}
