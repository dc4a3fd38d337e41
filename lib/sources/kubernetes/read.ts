import { sourceKey } from "@/lib/facts/keys";
import type { Statement } from "@/lib/facts/types";
import { environmentLabels, firstName, texts } from "@/lib/sources/alert-group";
import { workloadOf } from "@/lib/sources/kubernetes/workload";
import {
  count,
  identifier,
  isPayload,
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
 * A warning of Kubernetes is an alert, from when it was first seen to when it was
 * last (kubernetes.io/docs/reference/kubernetes-api, Event v1 of core and of
 * events.k8s.io). Kubernetes keeps one object and raises its count.
 */
export function readKubernetes({ source, body, receivedAt }: DeliveryInput): Reading {
  const event = eventIn(payloadOf(body));
  const reason = need(name(event.reason), event.reason, "reason", "the event's reason");
  const type = name(event.type) ?? "unknown";
  const title = `${type}.${reason}`;
  if (type !== "Warning")
    return { outcome: "ignored", event: title, reason: "events of this type warn of nothing" };
  return {
    outcome: "read",
    event: title,
    statements: [alertStatement(source, event, reason, receivedAt)],
  };
}

/** The event, which some exporters send inside another object. */
export function eventIn(body: Payload): Payload {
  return isPayload(body.event) ? body.event : body;
}

/** An update is another delivery of the same event. */
export function deliveryIdOf(event: Payload): string | null {
  const uid = identifier(part(event.metadata).uid);
  const times =
    count(part(event.series).count) ?? count(event.count) ?? count(event.deprecatedCount);
  return uid && times !== null ? `${uid}:${times}` : null;
}

function alertStatement(
  source: string,
  event: Payload,
  reason: string,
  receivedAt: Date,
): Statement {
  const object = isPayload(event.regarding) ? event.regarding : part(event.involvedObject);
  const kind = name(object.kind) ?? "object";
  const title = name(object.name) ?? kind;
  const first = named(
    [
      event.firstTimestamp,
      event.deprecatedFirstTimestamp,
      event.eventTime,
      part(event.metadata).creationTimestamp,
    ].map(toTime),
    receivedAt,
  );
  const last = latestTime(
    [part(event.series).lastObservedTime, event.lastTimestamp, event.deprecatedLastTimestamp].map(
      toTime,
    ),
  );
  const endedAt = last && last > first.asOf ? last : first.asOf;
  const labels = texts(object.labels);
  return {
    noun: "alert",
    key: sourceKey(source, identityOf(event, `${kind}/${title}:${reason}:${first.asOf}`)),
    ...first,
    asOf: endedAt,
    members: {
      name: reason,
      service:
        firstName(labels, ["service", "app.kubernetes.io/name", "app"]) ?? workloadOf(kind, title),
      environment: firstName(labels, environmentLabels),
      severity: "warning",
      startedAt: first.asOf,
      endedAt,
      labels: {
        ...labels,
        ...texts({
          kind,
          object: title,
          namespace: object.namespace ?? part(event.metadata).namespace,
          cluster: event.clusterName,
          component: part(event.source).component ?? event.reportingController,
        }),
      },
      summary: text(event.message) ?? text(event.note),
    },
  };
}

function identityOf(event: Payload, otherwise: string): string {
  return identifier(part(event.metadata).uid) ?? otherwise;
}
