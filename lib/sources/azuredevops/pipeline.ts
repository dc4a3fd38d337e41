import { isFinal } from "@/lib/facts/claims";
import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus, DeploymentMembers, Statement } from "@/lib/facts/types";
import type { AzureReader } from "@/lib/sources/azuredevops/delivery";
import { attemptStatus } from "@/lib/sources/azuredevops/status";
import { readRef } from "@/lib/sources/git-ref";
import {
  count,
  identifier,
  list,
  name,
  need,
  type Payload,
  part,
  revision,
  text,
} from "@/lib/sources/payload";
import { repositoryAt } from "@/lib/sources/repository-address";
import { latestTime, named, toTime } from "@/lib/sources/time";

/** A run's id is its build's, whichever event tells of it. */
const buildKey = (source: string, id: string) => sourceKey(source, `build:${id}`);

/** A run that ended; older versions say how in `status`, newer ones in `result`. */
export const readBuild: AzureReader = ({ source, resource, sentAt, receivedAt }) => {
  const id = need(identifier(resource.id), resource.id, "resource.id", "an id");
  const status = attemptStatus(resource.status, resource.result);
  if (!status) return { ignored: "a status that is not known here" };
  const pipeline = name(part(resource.definition).name);
  const [queuedAt, startedAt, finishedAt] = [
    resource.queueTime,
    resource.startTime,
    resource.finishTime,
  ].map(toTime);
  const when = named([latestTime([finishedAt, startedAt, queuedAt]), sentAt], receivedAt);
  return [
    {
      noun: "build",
      key: buildKey(source, id),
      ...when,
      members: {
        // Samples of old versions name no repository at all: the pipeline's name stands for it.
        repository: repositoryOf(resource) ?? pipeline,
        ...versionOf(resource),
        name: pipeline ?? "pipeline",
        status,
        ...(queuedAt && { queuedAt }),
        startedAt: startedAt ?? null,
        finishedAt: isFinal(status) ? (finishedAt ?? when.asOf) : null,
        url: text(part(part(resource._links).web).href) ?? text(resource.url),
      },
    },
  ];
};

function repositoryOf(resource: Payload): string | null {
  const repository = part(resource.repository);
  const [id, own] = [identifier(repository.id), identifier(repository.name)];
  const project = identifier(part(resource.project).name);
  // A repository at GitHub has its path as its id.
  if (id && /^[^/\s]+\/[^/\s]+$/.test(id)) return id;
  return repositoryAt(repository.url) ?? (project && own ? identifier(`${project}/${own}`) : null);
}

/** `sourceBranch` and `sourceVersion`, in old versions `LG:refs/heads/main:<revision>` in one. */
function versionOf(resource: Payload): { branch: string | null; revision: string | null } {
  const [, ref, sha] = /^LG:(.+):([0-9a-f]+)$/.exec(text(resource.sourceGetVersion) ?? "") ?? [];
  const given = readRef(text(resource.sourceBranch, 1000) ?? ref ?? "");
  return {
    branch: given?.kind === "branch" ? name(given.name) : null,
    revision: revision(resource.sourceVersion) ?? revision(sha),
  };
}

/** A run of a pipeline in YAML began or ended. */
export const readRun: AzureReader = ({ source, resource, sentAt, receivedAt }) => {
  const run = part(resource.run);
  const id = need(identifier(run.id), run.id, "resource.run.id", "an id");
  const status = attemptStatus(run.state, run.result);
  if (!status) return { ignored: "a status that is not known here" };
  const finishedAt = isFinal(status) ? toTime(run.finishedDate) : null;
  const queuedAt = toTime(run.createdDate);
  const when = named([finishedAt, sentAt, queuedAt], receivedAt);
  return [
    {
      noun: "build",
      key: buildKey(source, id),
      ...when,
      members: {
        ...ofRun(resource),
        status,
        ...(queuedAt && { queuedAt }),
        ...(status === "running" && { startedAt: when.asOf }),
        finishedAt: isFinal(status) ? when.asOf : null,
        url: text(part(part(run._links).web).href),
      },
    },
  ];
};

/** A stage of a run; one that is called after what it deploys to is a deployment as well. */
export const readStage: AzureReader = ({ source, resource, sentAt, receivedAt }) => {
  const [stage, run] = [part(resource.stage), part(resource.run)];
  const id = need(identifier(run.id), run.id, "resource.run.id", "an id");
  const stageName = need(name(stage.name), stage.name, "resource.stage.name", "a name");
  const status = attemptStatus(stage.state, stage.result);
  if (!status) return { ignored: "a status that is not known here" };
  if (stage.result === "skipped") return { ignored: "the stage was passed over" };
  const [startTime, finishTime] = [toTime(stage.startTime), toTime(stage.finishTime)];
  const when = named([sentAt, finishTime, startTime], receivedAt);
  const startedAt = startTime ?? (status === "running" ? when.asOf : null);
  const finishedAt = isFinal(status) ? (finishTime ?? when.asOf) : null;
  const times = { startedAt, finishedAt };
  const build: Statement = {
    noun: "build",
    key: buildKey(source, id),
    ...when,
    members: { ...ofRun(resource), stages: { [stageName]: { name: stageName, status, ...times } } },
  };
  const environment = environmentOf(stageName) ?? environmentOf(name(stage.displayName) ?? "");
  if (environment === null || status === "queued" || stage.result === "rejected") return [build];
  const members = deploymentMembers(resource, environment, status);
  const deployment: Statement = {
    noun: "deployment",
    key: sourceKey(source, stageKey(id, stageName, count(stage.attempt))),
    ...when,
    members: { ...members, ...(startedAt && { startedAt }), finishedAt },
  };
  return [build, deployment];
};

/** A stage that is run again keeps its run and its name, and is another attempt. */
function stageKey(run: string, stage: string, attempt: number | null): string {
  const key = `stage:${run}:${stage}`;
  return attempt !== null && attempt > 1 ? `${key}:${attempt}` : key;
}

/** `Deploy_Production`, `deploy to production`: no event of a stage names its environment otherwise. */
function environmentOf(stage: string): string | null {
  return name(/^deploy(?:ment)?(?:[-_ ]+to)?[-_ ]+(.+)$/i.exec(stage)?.[1]);
}

function deploymentMembers(
  resource: Payload,
  environment: string,
  status: AttemptStatus,
): DeploymentMembers {
  const { name: pipeline, repository } = ofRun(resource);
  return {
    environment,
    status,
    name: pipeline,
    ...(repository ? { repository } : { service: pipeline }),
    url: text(part(part(part(resource.stage)._links).web).href),
  };
}

/** What a run's events say of what it is a run of; not which revision. */
function ofRun(resource: Payload): { name: string; repository?: string } {
  const pipeline = part(resource.pipeline ?? part(resource.run).pipeline);
  const repository = repositoryAt(part(list(resource.repositories)[0]).url);
  return {
    name: name(pipeline.name) ?? "pipeline",
    ...(repository && { repository: repository.replace(/^repos\//, "") }),
  };
}
