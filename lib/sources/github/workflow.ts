import { isFinal } from "@/lib/facts/claims";
import { sourceKey } from "@/lib/facts/keys";
import type { BuildMembers } from "@/lib/facts/types";
import { attemptStatus } from "@/lib/sources/github/conclusion";
import { type EventReader, repositoryOf } from "@/lib/sources/github/delivery";
import {
  count,
  identifier,
  name,
  need,
  type Payload,
  part,
  revision,
  text,
} from "@/lib/sources/payload";
import { latestTime, named, toTime } from "@/lib/sources/time";

/** A re-run keeps the run's id and raises its attempt. */
const buildKey = (source: string, run: string, attempt: number) =>
  sourceKey(source, `run:${run}:${attempt}`);

/** A workflow run is a build; one that waits for approval is queued, whatever conclusion it shows. */
export const readWorkflowRun: EventReader = ({ source, body, receivedAt }) => {
  const run = part(body.workflow_run);
  const workflow = part(body.workflow);
  const id = need(identifier(run.id), run.id, "workflow_run.id", "an id");
  const attempt = count(run.run_attempt) ?? 1;
  const status = attemptStatus(run.status, run.conclusion);
  const createdAt = toTime(run.created_at);
  const runStartedAt = toTime(run.run_started_at);
  const when = named([toTime(run.updated_at), latestTime([runStartedAt, createdAt])], receivedAt);
  return [
    {
      noun: "build",
      key: buildKey(source, id, attempt),
      ...when,
      members: {
        repository: repositoryOf(body),
        branch: name(run.head_branch),
        revision: need(revision(run.head_sha), run.head_sha, "workflow_run.head_sha", "a revision"),
        name: name(run.name) ?? name(workflow.name) ?? name(run.path) ?? "workflow",
        attempt,
        status,
        // created_at stays that of the first attempt.
        queuedAt: attempt > 1 ? runStartedAt : createdAt,
        startedAt: status === "queued" ? null : (runStartedAt ?? createdAt),
        finishedAt: isFinal(status) ? when.asOf : null,
        url: text(run.html_url),
        ...ofDefaultBranch(body),
      },
    },
  ];
};

/** A run for a pull request is none of main's, even where a fork's branch has that name. */
function ofDefaultBranch(body: Payload): Pick<BuildMembers, "defaultBranch"> {
  const { event, head_branch } = part(body.workflow_run);
  const named = name(part(body.repository).default_branch);
  const isRequested = event === "pull_request" || event === "pull_request_target";
  return named ? { defaultBranch: !isRequested && head_branch === named } : {};
}

/** A job is a stage of its run's build, and stands for the build where the run is not heard of. */
export const readWorkflowJob: EventReader = ({ source, body, receivedAt }) => {
  const job = part(body.workflow_job);
  const run = need(identifier(job.run_id), job.run_id, "workflow_job.run_id", "an id");
  const attempt = count(job.run_attempt) ?? 1;
  const stage = need(name(job.name), job.name, "workflow_job.name", "a name");
  const status = attemptStatus(job.status, job.conclusion);
  const queuedAt = toTime(job.created_at);
  const startedAt = status === "queued" ? null : toTime(job.started_at);
  const finishedAt = isFinal(status) ? toTime(job.completed_at) : null;
  const when = named([latestTime([finishedAt, startedAt, queuedAt])], receivedAt);
  return [
    {
      noun: "build",
      key: buildKey(source, run, attempt),
      ...when,
      members: {
        repository: repositoryOf(body),
        branch: name(job.head_branch),
        revision: need(revision(job.head_sha), job.head_sha, "workflow_job.head_sha", "a revision"),
        name: name(job.workflow_name) ?? "workflow",
        attempt,
        stages: Object.fromEntries([
          [stage, { name: stage, status, queuedAt, startedAt, finishedAt }],
        ]),
      },
    },
  ];
};
