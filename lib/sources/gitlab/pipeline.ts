import { isFinal } from "@/lib/facts/claims";
import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus, BuildMembers, Stage, Statement, Time } from "@/lib/facts/types";
import { versionOf } from "@/lib/sources/git-ref";
import {
  type GitlabReader,
  gitlabTime,
  personOf,
  repositoryOf,
} from "@/lib/sources/gitlab/delivery";
import { type DeployingJob, deploymentOfJob } from "@/lib/sources/gitlab/deployment";
import { attemptStatus } from "@/lib/sources/gitlab/status";
import {
  identifier,
  list,
  name,
  need,
  type Payload,
  part,
  revision,
  text,
} from "@/lib/sources/payload";
import { latestTime, named } from "@/lib/sources/time";

const buildKey = (source: string, pipeline: string) => sourceKey(source, `pipeline:${pipeline}`);

/** A pipeline is a build, its jobs are the stages, and those with an environment are deployments. */
export const readPipeline: GitlabReader = ({ source, body, receivedAt }) => {
  const pipeline = part(body.object_attributes);
  const id = need(identifier(pipeline.id), pipeline.id, "object_attributes.id", "an id");
  const given = need(
    name(pipeline.status),
    pipeline.status,
    "object_attributes.status",
    "a status",
  );
  const status = attemptStatus(given);
  if (!status) return { ignored: "a status that is not known here" };
  const jobs = list(body.builds).map(part);
  const ofCommit = {
    repository: repositoryOf(body),
    branch: branchOf(pipeline),
    revision: revision(pipeline.sha),
  };
  const createdAt = gitlabTime(pipeline.created_at);
  // A retried pipeline keeps its id and its last end, and says no time of its own: its jobs do.
  const finishedAt = isFinal(status) ? gitlabTime(pipeline.finished_at) : null;
  const jobTimes = jobs.flatMap((job) => [job.created_at, job.started_at, job.finished_at]);
  const when = named(
    [latestTime([createdAt, finishedAt, ...jobTimes.map(gitlabTime)])],
    receivedAt,
  );
  const build: Statement = {
    noun: "build",
    key: buildKey(source, id),
    ...when,
    members: {
      ...ofCommit,
      name: name(pipeline.name) ?? "pipeline",
      status,
      queuedAt: createdAt,
      startedAt: status === "queued" ? null : startOf(pipeline, createdAt, jobs),
      finishedAt,
      url: text(pipeline.url) ?? addressOf(part(body.project).web_url, `pipelines/${id}`),
      stages: Object.fromEntries(jobs.flatMap(stageOf)),
      ...ofDefaultBranch(body, pipeline),
    },
  };
  const deployments = jobs.flatMap((job) => {
    const jobId = identifier(job.id);
    const url = addressOf(part(body.project).web_url, `jobs/${jobId}`);
    const of = { ...ofCommit, version: versionOf(name(pipeline.ref)), author: personOf(job.user) };
    const deploying = jobId && deployingJob({ ...job, id: jobId });
    return (deploying && deploymentOfJob(source, deploying, { ...of, url })) || [];
  });
  return [build, ...deployments];
};

/** A job is a stage of its pipeline's build, and stands for it where the pipeline is not heard of. */
export const readJob: GitlabReader = ({ source, body, receivedAt }) => {
  const id = need(identifier(body.build_id), body.build_id, "build_id", "an id");
  const pipeline = need(identifier(body.pipeline_id), body.pipeline_id, "pipeline_id", "an id");
  const job = {
    id,
    name: body.build_name,
    status: body.build_status,
    allow_failure: body.build_allow_failure,
    created_at: body.build_created_at,
    started_at: body.build_started_at,
    finished_at: body.build_finished_at,
    environment: body.environment,
  };
  need(name(job.name), job.name, "build_name", "a name");
  const stages = stageOf(job);
  if (stages.length === 0) return { ignored: "the job has not run" };
  const times = [job.created_at, job.started_at, job.finished_at].map(gitlabTime);
  const ofCommit = {
    repository: repositoryOf(body),
    branch: branchOf(body),
    revision: need(revision(body.sha), body.sha, "sha", "a revision"),
  };
  const build: Statement = {
    noun: "build",
    key: buildKey(source, pipeline),
    ...named([latestTime(times)], receivedAt),
    members: {
      ...ofCommit,
      // What Job hooks call their commit's name is the pipeline's.
      name: name(part(body.commit).name) ?? "pipeline",
      stages: Object.fromEntries(stages),
    },
  };
  const deployment = deploymentOfJob(source, deployingJob(job), {
    ...ofCommit,
    version: versionOf(name(body.ref)),
    author: personOf(body.user),
    url: addressOf(part(body.repository).homepage, `jobs/${id}`),
  });
  return deployment ? [build, deployment] : [build];
};

function deployingJob(job: Payload & { id: string }): DeployingJob {
  return {
    id: job.id,
    name: name(job.name),
    status: name(job.status) ?? "",
    environment: part(job.environment),
    createdAt: gitlabTime(job.created_at),
    startedAt: gitlabTime(job.started_at),
    finishedAt: gitlabTime(job.finished_at),
  };
}

/** By name, so that a retry, which is a job of another id, takes the place of what it retries. */
function stageOf(job: Payload): [string, Stage][] {
  const stage = name(job.name);
  const given = name(job.status);
  // Left for a person to start, or passed over: it may never run, and its pipeline ends without it.
  if (!stage || !given || given === "manual" || given === "skipped") return [];
  const sent = attemptStatus(given);
  if (!sent) return [];
  const status: AttemptStatus =
    sent === "failed" && job.allow_failure === true ? "succeeded" : sent;
  const isStarted = status !== "queued";
  return [
    [
      stage,
      {
        name: stage,
        status,
        queuedAt: gitlabTime(job.created_at),
        startedAt: isStarted ? gitlabTime(job.started_at) : null,
        finishedAt: isFinal(status) ? gitlabTime(job.finished_at) : null,
      },
    ],
  ];
}

/** Of a pipeline or a job. One for a merge request may stand under a ref that is no branch. */
function branchOf(of: Payload): string | null {
  const ref = name(of.ref);
  return of.tag === true || ref?.startsWith("refs/") ? null : ref;
}

/** Its wait after its creation, else the first start of a job. */
function startOf(pipeline: Payload, createdAt: Time | null, jobs: readonly Payload[]): Time | null {
  const waited = pipeline.queued_duration;
  if (createdAt && typeof waited === "number" && waited >= 0 && waited < 1e9)
    return new Date(Date.parse(createdAt) + waited * 1000).toISOString();
  return jobs.flatMap((job) => gitlabTime(job.started_at) ?? []).sort()[0] ?? null;
}

/** A pipeline for a merge request is none of main's, even where the source branch has that name. */
function ofDefaultBranch(body: Payload, pipeline: Payload): Pick<BuildMembers, "defaultBranch"> {
  const defaultBranch = name(part(body.project).default_branch);
  if (defaultBranch === null) return {};
  const isRequested = pipeline.source === "merge_request_event";
  return { defaultBranch: !isRequested && branchOf(pipeline) === defaultBranch };
}

function addressOf(project: unknown, path: string): string | null {
  const address = text(project);
  return address && `${address}/-/${path}`;
}
