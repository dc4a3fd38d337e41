import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus, Statement } from "@/lib/facts/types";
import { type EventReader, ignoring, readerOf, readingOf } from "@/lib/sources/event-reader";
import { identifier, name, need, type Payload, part, payloadOf, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { stepReport } from "@/lib/sources/step-report";
import { named, toTime } from "@/lib/sources/time";
import { commitOf } from "@/lib/sources/vercel/commit";

interface Delivery {
  source: string;
  event: string;
  body: Payload;
  payload: Payload;
  when: Pick<Statement, "asOf" | "timeFromReceipt">;
}

const readers: Record<string, EventReader<Delivery>> = {
  "deployment.created": (delivery) => step(delivery, "running"),
  "deployment.ready": (delivery) => step(delivery, built(delivery)),
  "deployment.succeeded": (delivery) => step(delivery, built(delivery)),
  "deployment.error": (delivery) => step(delivery, "failed"),
  "deployment.canceled": (delivery) => step(delivery, "canceled"),
  "deployment.promoted": (delivery) => step(delivery, "succeeded", "production"),
  "deployment.rollback": readRollback,
  "deployment.cleanup": ignoring("a deployment that nobody visits was removed"),
};

/** Each event is a step of a deployment, at its own time (vercel.com/docs/webhooks/webhooks-api). */
export function readVercel({ source, body, receivedAt }: DeliveryInput): Reading {
  const json = payloadOf(body);
  const event = need(name(json.type), json.type, "type", "the event's type");
  const when = named([toTime(json.createdAt)], receivedAt);
  const delivery = { source, event, body: json, payload: part(json.payload), when };
  return readingOf(event, readerOf(readers, event)(delivery));
}

/** In production a finished build is not live: the promotion that follows it is. */
function built({ payload }: Delivery): AttemptStatus {
  return environmentOf(payload) === "production" ? "running" : "succeeded";
}

function step(
  { source, event, body, payload, when }: Delivery,
  state: AttemptStatus,
  environment = environmentOf(payload),
): Statement[] {
  const deployment = part(payload.deployment);
  const given = deployment.id ?? payload.deploymentId;
  const id = need(identifier(given), given, "payload.deployment.id", "an id");
  return [
    {
      noun: "deployment",
      key: sourceKey(source, `${id}:${environment}`),
      ...when,
      members: {
        ...serviceOf(payload),
        environment,
        ...commitOf(part(deployment.meta)),
        url: text(part(payload.links).deployment) ?? text(deployment.url),
        reports: { [identifier(body.id) ?? `${event} ${when.asOf}`]: stepReport(state, when) },
      },
    },
  ];
}

/** An instant rollback points production at an older deployment, known by its id alone. */
function readRollback({ source, body, payload, when }: Delivery): Statement[] {
  const to = identifier(payload.toDeploymentId);
  const given = body.id;
  const id = need(identifier(given), given, "id", "the event's id");
  return [
    {
      noun: "deployment",
      key: sourceKey(source, `rollback:${id}`),
      ...when,
      members: {
        ...serviceOf(payload),
        environment: "production",
        ...commitOf(part(part(payload.deployment).meta)),
        kind: "rollback",
        description: to && `Rolled back to ${to}`,
        url: text(part(payload.links).deployment) ?? text(part(payload.links).project),
        status: "succeeded",
        finishedAt: when.asOf,
      },
    },
  ];
}

/** production, staging, an environment of the team's own; null is a preview. */
function environmentOf(payload: Payload): string {
  const { target, customEnvironment } = { ...part(payload.deployment), ...payload };
  const own = part(customEnvironment);
  return name(own.slug) ?? name(own.name) ?? name(target) ?? "preview";
}

function serviceOf(payload: Payload): { name: string | null; service: string | null } {
  const { deployment, project } = payload;
  const service = name(part(project).name) ?? name(part(deployment).name) ?? name(payload.name);
  return { name: service, service: service ?? name(part(project).id) };
}
