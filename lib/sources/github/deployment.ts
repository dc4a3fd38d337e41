import { sourceKey } from "@/lib/facts/keys";
import type { Report } from "@/lib/facts/reports";
import type { AttemptStatus, DeploymentMembers, Statement } from "@/lib/facts/types";
import { declaration } from "@/lib/sources/github/declaration";
import {
  type EventReader,
  type GithubDelivery,
  personOf,
  repositoryOf,
} from "@/lib/sources/github/delivery";
import { identifier, name, need, type Payload, part, revision, text } from "@/lib/sources/payload";
import { named, toTime } from "@/lib/sources/time";

/** A deployment was asked for; nothing runs before a status says so. */
export const readDeployment: EventReader = (delivery) => {
  const deployment = part(delivery.body.deployment);
  const when = named([toTime(deployment.created_at)], delivery.receivedAt);
  return [deploymentStatement(delivery, when, {}, {})];
};

const states: Record<string, AttemptStatus> = {
  queued: "queued",
  pending: "queued",
  waiting: "queued",
  in_progress: "running",
  success: "succeeded",
  failure: "failed",
  error: "failed",
};

/**
 * One step of a deployment. Several come, in any order, so each is a report and
 * merging keeps the first in_progress and the first final one. Those of 2014
 * have no time of their own and take their receipt's.
 */
export const readDeploymentStatus: EventReader = (delivery) => {
  const { body, receivedAt } = delivery;
  const status = part(body.deployment_status);
  const given = status.state ?? body.state;
  const sent = need(name(given), given, "deployment_status.state", "a state");
  if (sent === "inactive")
    return { ignored: "inactive ends the life of an older deployment; it is no failure" };
  const state = Object.hasOwn(states, sent) ? states[sent] : undefined;
  if (!state) return { ignored: "a state that is not known here" };
  const when = named([toTime(status.created_at)], receivedAt);
  const id = identifier(status.id) ?? `${sent} ${when.asOf}`;
  const report = { state, at: when.asOf, ...(when.timeFromReceipt && { presumed: true }) };
  return [
    deploymentStatement(
      delivery,
      when,
      { [id]: report },
      {
        environment: name(status.environment) ?? undefined,
        url: text(status.log_url) ?? text(status.target_url) ?? undefined,
      },
    ),
  ];
};

/** What deployment and deployment_status both carry: the deployment whole. */
function deploymentStatement(
  { source, body, isAsked = false }: GithubDelivery,
  when: { asOf: string; timeFromReceipt?: true },
  reports: Record<string, Report<AttemptStatus>>,
  told: Pick<DeploymentMembers, "environment" | "url">,
): Statement {
  const deployment = part(body.deployment);
  const id = need(identifier(deployment.id), deployment.id, "deployment.id", "an id");
  const sha = need(revision(deployment.sha), deployment.sha, "deployment.sha", "a revision");
  const ref = name(deployment.ref);
  const payload = custom(deployment.payload);
  const createdAt = toTime(deployment.created_at);
  const created = {
    state: "queued",
    at: createdAt ?? when.asOf,
    ...(!createdAt && { presumed: true }),
  };
  return {
    noun: "deployment",
    key: sourceKey(source, id),
    ...when,
    members: {
      service: name(payload.service) ?? name(payload.name),
      ...nameOf(deployment, body, isAsked),
      environment: told.environment ?? name(deployment.environment),
      repository: repositoryOf(body),
      branch: ref === sha ? null : ref,
      revision: sha,
      version: name(payload.version) ?? (ref && /^v?\d+(\.\d+)+/.test(ref) ? ref : null),
      author: personOf(deployment.creator),
      description: text(deployment.description),
      ...(told.url && { url: told.url }),
      ...declaration(deployment, payload),
      reports: { created: created as Report<AttemptStatus>, ...reports },
    },
  };
}

/** The sender's own payload: an object, or the text of one. */
function custom(payload: unknown): Payload {
  if (typeof payload !== "string") return part(payload);
  try {
    return part(JSON.parse(payload));
  } catch {
    return {};
  }
}

/** Its task, where that says something, else the workflow's; the API alone knows of none, and says nothing. */
function nameOf(
  deployment: Payload,
  body: Payload,
  isAsked: boolean,
): Pick<DeploymentMembers, "name"> {
  const task = name(deployment.task);
  if (task && task !== "deploy") return { name: task };
  const workflow = name(part(body.workflow).name) ?? name(part(body.workflow_run).name);
  return workflow === null && isAsked ? {} : { name: workflow ?? task };
}
