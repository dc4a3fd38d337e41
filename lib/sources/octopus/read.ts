import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus } from "@/lib/facts/types";
import { notRead } from "@/lib/sources/event-reader";
import { referred } from "@/lib/sources/octopus/names";
import { identifier, name, need, type Payload, part, payloadOf, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { stepReport } from "@/lib/sources/step-report";
import { named, toTime } from "@/lib/sources/time";

const states: Record<string, AttemptStatus> = {
  DeploymentQueued: "queued",
  DeploymentStarted: "running",
  DeploymentSucceeded: "succeeded",
  DeploymentFailed: "failed",
  TaskCanceled: "canceled",
};

/**
 * One event of a subscription. Each is a step of a deployment, known by the
 * deployment's id, and true since it occurred, not since its batch was sent
 * (octopus.com/docs/administration/managing-infrastructure/subscriptions).
 */
export function readOctopus({ source, body, receivedAt }: DeliveryInput): Reading {
  const payload = part(payloadOf(body).Payload);
  const event = part(payload.Event);
  const category = need(
    name(event.Category),
    event.Category,
    "Payload.Event.Category",
    "a category",
  );
  const state = Object.hasOwn(states, category) ? states[category] : undefined;
  const ignored = (reason: string): Reading => ({ outcome: "ignored", event: category, reason });
  if (!state) return ignored(notRead);
  const deployment = referred(event, "Deployments").id;
  if (deployment === null)
    return category === "TaskCanceled"
      ? ignored("the canceled task is of no deployment")
      : ignored("the event refers to no deployment");
  const when = named([toTime(event.Occurred)], receivedAt);
  const step = identifier(event.Id) ?? `${category} ${when.asOf}`;
  const environment = referred(event, "Environments").title;
  const project = referred(event, "Projects").title;
  const release = referred(event, "Releases").title;
  return {
    outcome: "read",
    event: category,
    statements: [
      {
        noun: "deployment",
        key: sourceKey(source, deployment),
        ...when,
        members: {
          // A canceled task may refer to less than its deployment's own events.
          ...(project && { name: project, service: project }),
          ...(environment && { environment }),
          ...(release && { version: release }),
          ...(state === "queued" && { author: personOf(event) }),
          description: text(event.Message),
          url: urlOf(payload, event, deployment),
          reports: { [step]: stepReport(state, when) },
        },
      },
    ],
  };
}

/** Whoever queued it; the server's own name is nobody's. */
function personOf(event: Payload): string | null {
  return event.IsService === true || event.Username === "system" ? null : name(event.Username);
}

function urlOf(payload: Payload, event: Payload, deployment: string): string | null {
  const [server, space] = [text(payload.ServerUri, 1000), identifier(event.SpaceId)];
  if (!server || !space) return null;
  return `${server.replace(/\/+$/, "")}/app#/${space}/deployments/${deployment}`;
}
