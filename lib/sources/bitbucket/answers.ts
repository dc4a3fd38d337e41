import { isFinal } from "@/lib/facts/claims";
import { commitKey, sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus, Stage, Statement } from "@/lib/facts/types";
import { type BitbucketReader, repositoryOf } from "@/lib/sources/bitbucket/delivery";
import { readPullRequest } from "@/lib/sources/bitbucket/pull-request";
import { commitOf, mergedBy } from "@/lib/sources/bitbucket/push";
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
import { latestTime, named, toTime } from "@/lib/sources/time";

/** A commit of the API: unlike those of a push, all of them are there. */
const readCommit: BitbucketReader = ({ body, receivedAt }) => {
  const repository = repositoryOf(body);
  const given = part(body.commit);
  const [commit] = commitOf(given);
  const known = need(commit ?? null, given.hash, "commit.hash", "a revision");
  const paths = list(body.paths).flatMap((path) => text(path) ?? []);
  return [
    {
      noun: "commit",
      key: commitKey(repository, known.revision),
      ...named([known.authoredAt], receivedAt),
      members: {
        repository,
        ...known,
        ...(Array.isArray(body.paths) && { paths: [...new Set(paths)].sort() }),
      },
    },
    ...mergedBy(repository, known),
  ];
};

const ends: Record<string, string> = {
  __proto__: null as never,
  MERGED: "pullrequest:fulfilled",
  DECLINED: "pullrequest:rejected",
  SUPERSEDED: "pullrequest:rejected",
};
const reviews: readonly [deed: string, member: string, event: string][] = [
  ["approval", "approval", "pullrequest:approved"],
  ["changes_requested", "changes_request", "pullrequest:changes_request_created"],
  ["comment", "comment", "pullrequest:comment_created"],
];

/** A pull request as its last webhook told it, with its first commit and who looked at it. */
const readAskedRequest: BitbucketReader = (delivery) => {
  const { body } = delivery;
  const request = part(body.pullrequest);
  const state = name(request.state) ?? "";
  const deeds = list(body.activity).map(part);
  // What was changed after its end is an update of the same state, and later.
  const [endedAt] = deeds
    .map(({ update }) => part(update))
    .flatMap((update) => (update.state === state ? (toTime(update.date) ?? []) : []))
    .sort();
  const isMerged = state === "MERGED";
  // Updated later than it was merged, as by a comment: the merge is its last word on itself.
  const updated_on = (isMerged && endedAt) || request.updated_on;
  const isDated = !isMerged || endedAt !== undefined;
  const event = (isDated && ends[state]) || "pullrequest:updated";
  const asked = { ...delivery, event, body: { ...body, pullrequest: { ...request, updated_on } } };
  const firstCommitAt = list(body.commits)
    .flatMap((commit) => toTime(part(commit).date) ?? [])
    .sort()[0];
  const [whole, ...others] = spoken(readPullRequest(asked));
  return [
    ...(whole?.noun === "pull_request"
      ? [{ ...whole, members: { ...whole.members, ...(firstCommitAt && { firstCommitAt }) } }]
      : []),
    ...(whole?.noun === "pull_request" && !isDated ? mergedBefore(whole, request) : []),
    ...others,
    ...deeds.flatMap((deed) =>
      reviews.flatMap(([given, member, reviewed]) => {
        const review = part(deed[given]);
        const at = toTime(review.date) ?? toTime(review.created_on);
        if (at === null) return [];
        const more = { [member]: review, pullrequest: { ...request, updated_on: at } };
        const told = readPullRequest({ ...delivery, event: reviewed, body: { ...body, ...more } });
        return spoken(told).flatMap(onlyReports);
      }),
    ),
  ];
};

/**
 * Merged, and nothing says when: its last update stands in, as of its opening, so that it
 * yields to whoever knows the time of the merge.
 */
function mergedBefore(whole: PullRequestStatement, request: Payload): Statement[] {
  const [openedAt, updatedAt] = [toTime(request.created_on), toTime(request.updated_on)];
  if (openedAt === null || updatedAt === null) return [];
  const { repository, number } = whole.members;
  const members = { repository, number, mergedAt: updatedAt, closedAt: updatedAt };
  return [{ noun: "pull_request", key: whole.key, asOf: openedAt, members }];
}

type PullRequestStatement = Extract<Statement, { noun: "pull_request" }>;

/** A review knows nothing else of the pull request, and so takes nothing away. */
function onlyReports(statement: Statement): Statement[] {
  if (statement.noun !== "pull_request" || !statement.members.reports) return [];
  const { repository, number, reports } = statement.members;
  return [{ ...statement, members: { repository, number, reports } }];
}

const results: Record<string, AttemptStatus> = {
  __proto__: null as never,
  SUCCESSFUL: "succeeded",
  FAILED: "failed",
  ERROR: "failed",
  STOPPED: "canceled",
  EXPIRED: "canceled",
  NOT_RUN: "canceled",
};

/** Of a pipeline, a step or a deployment: its state, and the result that a completed one has. */
function statusOf(state: unknown, result: unknown): AttemptStatus {
  const known = results[name(part(result).name) ?? ""];
  if (known) return known;
  if (state === "COMPLETED" || state === "UNDEPLOYED") return "canceled";
  return state === "IN_PROGRESS" ? "running" : "queued";
}

/** A pipeline is a build, and its steps are the stages; its status on a commit only stands in for it. */
const readPipeline: BitbucketReader = ({ source, body, receivedAt }) => {
  const repository = repositoryOf(body);
  const pipeline = part(body.pipeline);
  const { uuid, state, target } = pipeline;
  const id = need(identifier(uuid), uuid, "pipeline.uuid", "an id");
  const { ref_type, ref_name, commit } = part(target);
  const hash = part(commit).hash;
  const status = statusOf(part(state).name, part(state).result);
  const [createdAt, completedAt] = [toTime(pipeline.created_on), toTime(pipeline.completed_on)];
  const steps = list(body.steps).map(part);
  const firstStart = steps.flatMap(({ started_on }) => toTime(started_on) ?? []).sort()[0];
  const number = identifier(pipeline.build_number);
  return [
    {
      noun: "build",
      key: sourceKey(source, `pipeline:${id}`),
      ...named([latestTime([createdAt, completedAt])], receivedAt),
      members: {
        repository,
        branch: ref_type === "branch" ? name(ref_name) : null,
        revision: need(revision(hash), hash, "pipeline.target.commit.hash", "a revision"),
        name: "Pipelines",
        status,
        queuedAt: createdAt,
        startedAt: status === "queued" ? null : (firstStart ?? createdAt),
        finishedAt: isFinal(status) ? completedAt : null,
        url: number && `https://bitbucket.org/${repository}/pipelines/results/${number}`,
        stages: Object.fromEntries(steps.flatMap(stageOf)),
      },
    },
  ];
};

function stageOf(step: Payload, index: number): [string, Stage][] {
  const status = statusOf(part(step.state).name, part(step.state).result);
  const stage = name(step.name) ?? `Step ${index + 1}`;
  const finishedAt = isFinal(status) ? toTime(step.completed_on) : null;
  return [[stage, { name: stage, status, startedAt: toTime(step.started_on), finishedAt }]];
}

/** What Pipelines deployed, to an environment by its name. */
const readDeployment: BitbucketReader = ({ source, body, receivedAt }) => {
  const deployment = part(body.deployment);
  const { uuid } = deployment;
  const id = need(identifier(uuid), uuid, "deployment.uuid", "an id");
  const release = part(deployment.release);
  const state = part(deployment.state);
  const status = statusOf(state.name, state.status);
  const createdAt = toTime(release.created_on);
  const [startedAt, completedAt] = [toTime(state.started_on), toTime(state.completed_on)];
  const hash = part(release.commit).hash;
  return [
    {
      noun: "deployment",
      key: sourceKey(source, `deployment:${id}`),
      ...named([latestTime([createdAt, startedAt, completedAt])], receivedAt),
      members: {
        environment: name(body.environment),
        repository: repositoryOf(body),
        revision: need(revision(hash), hash, "deployment.release.commit.hash", "a revision"),
        status,
        queuedAt: createdAt,
        startedAt,
        finishedAt: isFinal(status) ? completedAt : null,
        url: text(release.url),
      },
    },
  ];
};

/** What Bitbucket's API answered, stored as deliveries of these events. */
export const apiReaders: Record<string, BitbucketReader> = {
  "api.commit": readCommit,
  "api.pull_request": readAskedRequest,
  "api.pipeline": readPipeline,
  "api.deployment": readDeployment,
};

function spoken(result: ReturnType<BitbucketReader>): Statement[] {
  return "ignored" in result ? [] : result;
}
