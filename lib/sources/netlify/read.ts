import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus, DeploymentMembers, Statement } from "@/lib/facts/types";
import { notRead } from "@/lib/sources/event-reader";
import {
  identifier,
  name,
  need,
  type Payload,
  payloadOf,
  revision,
  text,
} from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { repositoryAt } from "@/lib/sources/repository-address";
import { byStep, stepReport } from "@/lib/sources/step-report";
import { named, toTime } from "@/lib/sources/time";

/** Events of a deploy's own life, and its publication by hand; locking, requests and forms change nothing that runs. */
const deploying = ["deploy_building", "deploy_created", "deploy_failed", "deploy_restored"];

/**
 * One state of one deploy, by its `state`, since `deploy_created` is sent when the
 * deploy is ready (docs.netlify.com/deploy/deploy-notifications).
 */
export function readNetlify({ source, headers, body, receivedAt }: DeliveryInput): Reading {
  const deploy = payloadOf(body);
  const event = name(headers["x-netlify-event"]) ?? "deploy";
  if (event !== "deploy" && !deploying.includes(event))
    return { outcome: "ignored", event, reason: notRead };
  const sent = need(name(deploy.state), deploy.state, "state", "a state");
  const state = stateOf(deploy, sent);
  if (!state) return { outcome: "ignored", event, reason: "a state that is not known here" };
  const statement =
    event === "deploy_restored"
      ? restoredStatement(source, deploy, receivedAt)
      : deploymentStatement(source, deploy, state, receivedAt);
  return { outcome: "read", event, statements: [statement] };
}

function deploymentStatement(
  source: string,
  deploy: Payload,
  state: AttemptStatus,
  receivedAt: Date,
): Statement {
  const id = need(identifier(deploy.id), deploy.id, "id", "an id");
  const createdAt = toTime(deploy.created_at);
  const members = membersOf(deploy, id);
  // A deploy that is published again later keeps its id, and finished when it first did.
  const published = state === "succeeded" ? toTime(deploy.published_at) : null;
  const when = named([published, toTime(deploy.updated_at), createdAt], receivedAt);
  return {
    noun: "deployment",
    key: sourceKey(source, id),
    ...when,
    members: {
      ...members,
      reports: byStep([
        createdAt ? stepReport("running", { asOf: createdAt }) : null,
        isHeldBack(deploy, state)
          ? { state: "canceled", at: when.asOf, presumed: true }
          : stepReport(state, when),
      ]),
    },
  };
}

/**
 * Ready for production and not published: auto publishing is stopped, and the site stays as it
 * is. Presumed to be over with that; where it is told as published after all, that counts.
 */
function isHeldBack(deploy: Payload, state: AttemptStatus): boolean {
  const isForProduction = deploy.context === "production";
  return state === "succeeded" && isForProduction && deploy.published_at === null;
}

/** Published by hand, mostly to roll back or forward: the same deploy goes live once more, at once. */
function restoredStatement(source: string, deploy: Payload, receivedAt: Date): Statement {
  const id = need(identifier(deploy.id), deploy.id, "id", "an id");
  const when = named([toTime(deploy.published_at), toTime(deploy.updated_at)], receivedAt);
  return {
    noun: "deployment",
    key: sourceKey(source, `${id}:restored:${when.asOf}`),
    ...when,
    members: { ...membersOf(deploy, id), reports: byStep([stepReport("succeeded", when)]) },
  };
}

function membersOf(deploy: Payload, id: string): DeploymentMembers {
  const commit = text(deploy.commit_url, 1000);
  return {
    name: name(deploy.name),
    service: name(deploy.name) ?? identifier(deploy.site_id),
    environment: name(deploy.context) ?? "production",
    repository: repositoryAt(commit?.replace(/\/(?:-\/)?commits?\/[^/]*$/, "")),
    branch: name(deploy.branch),
    // Of a deploy by hand nothing is known.
    revision: revision(deploy.commit_ref),
    author: name(deploy.committer),
    description: text(deploy.title) ?? text(deploy.error_message),
    url: adminUrl(deploy, id) ?? text(deploy.deploy_ssl_url),
  };
}

function adminUrl(deploy: Payload, id: string): string | null {
  const site = text(deploy.admin_url, 1000);
  return site && `${site}/deploys/${id}`;
}

/** A canceled build is an error by its state, and says so in words alone. */
function stateOf(deploy: Payload, sent: string): AttemptStatus | null {
  switch (sent) {
    case "ready":
    case "current":
    case "old":
      return deploy.skipped === true ? "canceled" : "succeeded";
    case "error": {
      const isCanceled = /^(canceled|cancelled|skipped)\b/i.test(text(deploy.error_message) ?? "");
      return isCanceled || deploy.skipped === true ? "canceled" : "failed";
    }
    case "new":
    case "enqueued":
    case "pending_review":
      return "queued";
    case "building":
    case "uploading":
    case "uploaded":
    case "preparing":
    case "prepared":
    case "processing":
    case "processed":
    case "retrying":
      return "running";
    default:
      return null;
  }
}
