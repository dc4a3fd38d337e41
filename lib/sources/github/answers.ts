import { isFinal } from "@/lib/facts/claims";
import { commitKey } from "@/lib/facts/keys";
import type { Statement, Time } from "@/lib/facts/types";
import {
  type EventReader,
  type GithubDelivery,
  personOf,
  repositoryOf,
} from "@/lib/sources/github/delivery";
import { readDeployment, readDeploymentStatus } from "@/lib/sources/github/deployment";
import { readPullRequest, readReview } from "@/lib/sources/github/pull-request";
import { readRelease } from "@/lib/sources/github/tag";
import { readWorkflowJob, readWorkflowRun } from "@/lib/sources/github/workflow";
import { list, name, need, type Payload, part, revision, text } from "@/lib/sources/payload";
import { latestTime, named, toTime } from "@/lib/sources/time";

/** GitHub lists no more files of a commit than this. */
const listedFiles = 300;

/** A commit of the API: unlike a push it knows the parents and both dates. */
const readCommit: EventReader = ({ body, receivedAt }) => {
  const repository = repositoryOf(body);
  const given = part(body.commit);
  const commit = part(given.commit);
  const sha = need(revision(given.sha), given.sha, "commit.sha", "a revision");
  const authoredAt = toTime(part(commit.author).date);
  const committedAt = toTime(part(commit.committer).date);
  const parents = list(given.parents).flatMap((parent) => revision(part(parent).sha) ?? []);
  return [
    {
      noun: "commit",
      key: commitKey(repository, sha),
      ...named([latestTime([authoredAt, committedAt])], receivedAt),
      members: {
        repository,
        revision: sha,
        ...(Array.isArray(given.parents) && { parents }),
        ...(authoredAt && { authoredAt }),
        ...(committedAt && { committedAt }),
        author: personOf(given.author) ?? name(part(commit.author).name),
        message: text(commit.message, 65_536),
        ...pathsOf(given.files),
        url: text(given.html_url),
      },
    },
  ];
};

/** A list that may be cut says nothing. */
function pathsOf(files: unknown): { paths?: string[] } {
  if (!Array.isArray(files) || files.length >= listedFiles) return {};
  const paths = files.flatMap((file) => {
    const { filename, previous_filename } = part(file);
    return [text(filename), text(previous_filename)].flatMap((path) => path ?? []);
  });
  return { paths: [...new Set(paths)].sort() };
}

/** A pull request with when its first commit was made, and every review of it. */
const readAskedPullRequest: EventReader = (delivery) => {
  const { body } = delivery;
  const firstCommitAt = list(body.commits)
    .flatMap((commit) => toTime(part(part(part(commit).commit).author).date) ?? [])
    .sort()[0];
  const statements = spoken(readPullRequest(delivery)).map(
    (statement): Statement =>
      firstCommitAt && statement.noun === "pull_request"
        ? { ...statement, members: { ...statement.members, firstCommitAt } }
        : statement,
  );
  const reviews = list(body.reviews).map(part);
  return [
    ...statements,
    ...reviews
      .filter((review) => toTime(review.submitted_at) !== null)
      .flatMap((review) =>
        spoken(readReview({ ...delivery, action: "submitted", body: { ...body, review } })),
      ),
  ];
};

/** Every attempt of a run with its jobs. A run's last change may be long after its end: its jobs know that. */
const readAskedRun: EventReader = (delivery) => {
  const { repository } = delivery.body;
  return list(delivery.body.attempts)
    .map(part)
    .flatMap(({ workflow_run, jobs }) => {
      const within = (body: Payload): GithubDelivery => ({
        ...delivery,
        body: { repository, ...body },
      });
      const stages = list(jobs).flatMap((job) =>
        spoken(readWorkflowJob(within({ workflow_job: job }))),
      );
      const finishedAt = endOf(list(jobs));
      const runs = spoken(readWorkflowRun(within({ workflow_run }))).map(
        (statement): Statement =>
          finishedAt && statement.noun === "build" && isFinal(statement.members.status)
            ? { ...statement, members: { ...statement.members, finishedAt } }
            : statement,
      );
      return [...runs, ...stages];
    });
};

/** The end of the last job; null where one of them does not say. */
function endOf(jobs: readonly unknown[]): Time | null {
  const ends = jobs.map((job) => toTime(part(job).completed_at));
  return ends.includes(null) ? null : latestTime(ends);
}

/** A deployment and each of its statuses, as the webhooks of them say it. */
const readAskedDeployment: EventReader = (delivery) => {
  const asked = { ...delivery, isAsked: true };
  const statuses = list(delivery.body.statuses).map(part);
  return [
    ...spoken(readDeployment(asked)),
    ...statuses.flatMap((status) =>
      spoken(
        readDeploymentStatus({ ...asked, body: { ...asked.body, deployment_status: status } }),
      ),
    ),
  ];
};

/** A release that is out, with its tag's commit. */
const readAskedRelease: EventReader = (delivery) => {
  const { body } = delivery;
  if (!toTime(part(body.release).published_at)) return { ignored: "a draft releases nothing" };
  const sha = revision(part(body.commit).sha);
  const release = sha ? { ...part(body.release), target_commitish: sha } : body.release;
  return readRelease({ ...delivery, action: "published", body: { ...body, release } });
};

/** What GitHub's API answered, stored as deliveries of these events. */
export const apiReaders: Record<string, EventReader> = {
  "api.commit": readCommit,
  "api.pull_request": readAskedPullRequest,
  "api.workflow_run": readAskedRun,
  "api.deployment": readAskedDeployment,
  "api.release": readAskedRelease,
};

function spoken(result: ReturnType<EventReader>): Statement[] {
  return "ignored" in result ? [] : result;
}
