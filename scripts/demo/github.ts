import type { DemoEvent, Deployment } from "@/scripts/demo/events";
import { jobBody, runBody } from "@/scripts/demo/github-builds";
import { pullRequestBody, pushBody, reviewBody } from "@/scripts/demo/github-changes";
import {
  api,
  organizationBody,
  repositoryBody,
  seconds,
  site,
  userBody,
} from "@/scripts/demo/github-parts";
import { seedOf } from "@/scripts/demo/random";
import { defaultBranch, organisation } from "@/scripts/demo/world";

/** GitHub's webhook payloads, with the fields that its documented ones have; `id`s are numbers. */
export interface GithubDelivery {
  event: string;
  body: Record<string, unknown>;
}

type GithubEvent = Extract<
  DemoEvent,
  { type: "push" | "pull_request" | "review" | "run" | "job" | "deployment" }
>;

export function githubDelivery(event: GithubEvent): GithubDelivery {
  switch (event.type) {
    case "push":
      return { event: "push", body: pushBody(event.push, event.at) };
    case "pull_request":
      return {
        event: event.type,
        body: pullRequestBody(event.action, event.pullRequest, event.at),
      };
    case "review":
      return {
        event: "pull_request_review",
        body: reviewBody(event.pullRequest, event.reviewer, event.at),
      };
    case "run":
      return { event: "workflow_run", body: runBody(event.action, event.run) };
    case "job":
      return { event: "workflow_job", body: jobBody(event.action, event.run, event.job) };
    case "deployment":
      return deploymentDelivery(event.deployment, event.at);
  }
}

const states = {
  queued: "queued",
  running: "in_progress",
  succeeded: "success",
  failed: "failure",
  canceled: "error",
} as const;

function deploymentDelivery(deployment: Deployment, at: number): GithubDelivery {
  const { service, artifact, environment } = deployment;
  const { repository } = service;
  const address = `${api}/repos/${repository}/deployments/${deployment.key}`;
  const members = {
    url: address,
    id: Number(deployment.key),
    task: deployment.task,
    original_environment: environment,
    environment,
    description: deployment.description,
    created_at: seconds(deployment.createdAt),
    updated_at: seconds(at),
    statuses_url: `${address}/statuses`,
    repository_url: `${api}/repos/${repository}`,
    creator: userBody(deployment.by),
    sha: artifact.revision,
    ref: defaultBranch,
    payload: { ...(service.folder ? { service: service.name } : {}), version: artifact.version },
    transient_environment: false,
    production_environment: environment === "production",
    performed_via_github_app: null,
  };
  const around = {
    workflow: null,
    workflow_run: null,
    repository: repositoryBody(repository, at),
    organization: organizationBody(),
    sender: userBody(deployment.by),
  };
  if (deployment.status === "queued")
    return { event: "deployment", body: { action: "created", deployment: members, ...around } };
  const id = seedOf("status", deployment.key, deployment.status, at);
  return {
    event: "deployment_status",
    body: {
      action: "created",
      deployment_status: {
        url: `${address}/statuses/${id}`,
        id,
        state: states[deployment.status],
        creator: userBody(deployment.by),
        description: "",
        environment,
        target_url: "",
        created_at: seconds(at),
        updated_at: seconds(at),
        deployment_url: address,
        repository_url: `${api}/repos/${repository}`,
        environment_url: `https://${service.name}.${organisation}.example`,
        log_url: `${site}/${repository}/deployments/${environment}`,
      },
      deployment: members,
      check_run: null,
      ...around,
    },
  };
}
