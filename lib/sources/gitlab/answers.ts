import { commitKey } from "@/lib/facts/keys";
import type { Statement } from "@/lib/facts/types";
import { versionOf } from "@/lib/sources/git-ref";
import {
  type GitlabReader,
  gitlabTime,
  personOf,
  repositoryOf,
} from "@/lib/sources/gitlab/delivery";
import { deploymentOfJob, readDeployment } from "@/lib/sources/gitlab/deployment";
import { readMergeRequest, readNote } from "@/lib/sources/gitlab/merge-request";
import { readPipeline } from "@/lib/sources/gitlab/pipeline";
import { readRelease } from "@/lib/sources/gitlab/release";
import { identifier, list, name, need, part, revision, text } from "@/lib/sources/payload";
import { latestTime, named } from "@/lib/sources/time";

/** A commit of the API: unlike a push it knows the parents and both dates. */
const readCommit: GitlabReader = ({ body, receivedAt }) => {
  const repository = repositoryOf(body);
  const given = part(body.commit);
  const sha = need(revision(given.id), given.id, "commit.id", "a revision");
  const authoredAt = gitlabTime(given.authored_date);
  const committedAt = gitlabTime(given.committed_date);
  const parents = list(given.parent_ids).flatMap((parent) => revision(parent) ?? []);
  return [
    {
      noun: "commit",
      key: commitKey(repository, sha),
      ...named([justAfter(latestTime([authoredAt, committedAt]))], receivedAt),
      members: {
        repository,
        revision: sha,
        ...(Array.isArray(given.parent_ids) && { parents }),
        ...(authoredAt && { authoredAt }),
        ...(committedAt && { committedAt }),
        author: name(given.author_name),
        message: text(given.message, 65_536),
        ...pathsOf(body.paths),
        url: text(given.web_url),
      },
    },
  ];
};

/** Git's dates are whole seconds: within one, who knows both dates outranks a push, which takes one for the other. */
function justAfter(time: string | null): string | null {
  return time && new Date(Date.parse(time) + 1).toISOString();
}

function pathsOf(paths: unknown): { paths?: string[] } {
  if (!Array.isArray(paths)) return {};
  return { paths: [...new Set(paths.flatMap((path) => text(path) ?? []))].sort() };
}

const actions: Record<string, string> = { merged: "merge", closed: "close", opened: "open" };

/** A merge request with when its first commit was made, and who looked at it. */
const readAskedRequest: GitlabReader = (delivery) => {
  const { body } = delivery;
  const request = part(body.merge_request);
  const state = name(request.state) ?? "";
  const attributes = {
    ...request,
    action: Object.hasOwn(actions, state) ? actions[state] : null,
    author_id: part(request.author).id,
    last_commit: { id: request.sha },
    url: request.web_url,
  };
  const asked = {
    ...delivery,
    body: {
      ...body,
      object_attributes: attributes,
      user: request.author,
      labels: list(request.labels).map((title) => ({ title })),
    },
  };
  const firstCommitAt = list(body.commits)
    .flatMap((commit) => gitlabTime(part(commit).authored_date) ?? [])
    .sort()[0];
  const closedAt = gitlabTime(request.closed_at);
  const statements = spoken(readMergeRequest(asked)).map(
    (statement): Statement =>
      statement.noun === "pull_request"
        ? {
            ...statement,
            members: {
              ...statement.members,
              ...(firstCommitAt && { firstCommitAt }),
              ...(closedAt && { closedAt }),
            },
          }
        : statement,
  );
  return [...statements, ...list(body.notes).flatMap((note) => reviewOf(asked, part(note)))];
};

/** A comment by somebody else, or GitLab's own note that they approve. */
function reviewOf(asked: Parameters<GitlabReader>[0], note: Record<string, unknown>): Statement[] {
  const { body } = asked;
  const { author, created_at, system } = note;
  const isApproval = system === true && /^approved this merge request/.test(text(note.body) ?? "");
  if (!gitlabTime(created_at)) return [];
  const attributes = part(body.object_attributes);
  if (isApproval)
    return spoken(
      readMergeRequest({
        ...asked,
        body: {
          project: body.project,
          user: author,
          object_attributes: {
            iid: attributes.iid,
            author_id: attributes.author_id,
            action: "approved",
            updated_at: created_at,
          },
        },
      }),
    ).flatMap(onlyReports);
  return spoken(
    readNote({
      ...asked,
      body: {
        project: body.project,
        user: author,
        object_attributes: { ...note, noteable_type: "MergeRequest" },
        merge_request: { iid: attributes.iid, author_id: attributes.author_id },
      },
    }),
  );
}

/** The note knows nothing else of the merge request, and so takes nothing away. */
function onlyReports(statement: Statement): Statement[] {
  if (statement.noun !== "pull_request" || !statement.members.reports) return [];
  const { repository, number, reports } = statement.members;
  return [{ ...statement, members: { repository, number, reports } }];
}

/** A pipeline and its jobs, as a Pipeline hook tells them; that its jobs deploy only deployments tell. */
const readAskedPipeline: GitlabReader = (delivery) => {
  const { pipeline, jobs, ...body } = delivery.body;
  return readPipeline({
    ...delivery,
    body: { ...body, object_attributes: pipeline, builds: jobs },
  });
};

/** A deployment by its job, which Job and Deployment hooks name as well; without one as its hook tells it. */
const readAskedDeployment: GitlabReader = (delivery) => {
  const { source, body } = delivery;
  const deployment = part(body.deployment);
  const job = part(deployment.deployable);
  const id = identifier(job.id);
  const ref = name(deployment.ref);
  if (id === null)
    return readDeployment({
      ...delivery,
      body: {
        ...body,
        ...deployment,
        deployment_id: deployment.id,
        environment: part(deployment.environment).name,
        status_changed_at: deployment.updated_at,
        commit_url: deployment.sha,
      },
    });
  const statement = deploymentOfJob(
    source,
    {
      id,
      name: name(job.name),
      status: name(deployment.status) ?? "",
      environment: part(deployment.environment),
      createdAt: gitlabTime(job.created_at),
      startedAt: gitlabTime(job.started_at),
      finishedAt: gitlabTime(job.finished_at),
    },
    {
      repository: repositoryOf(body),
      branch: job.tag === true ? null : ref,
      revision: revision(deployment.sha),
      version: versionOf(ref),
      author: personOf(deployment.user),
      url: text(job.web_url),
    },
  );
  return statement ? [statement] : { ignored: "nothing is deployed yet" };
};

/** A release that is out, or will be at its time, with its tag's commit. */
const readAskedRelease: GitlabReader = (delivery) => {
  const release = part(delivery.body.release);
  return readRelease({
    ...delivery,
    body: {
      ...delivery.body,
      ...release,
      action: "create",
      tag: release.tag_name,
      url: part(release._links).self,
    },
  });
};

/** What GitLab's API answered, stored as deliveries of these events. */
export const apiReaders: Record<string, GitlabReader> = {
  "api.commit": readCommit,
  "api.merge_request": readAskedRequest,
  "api.pipeline": readAskedPipeline,
  "api.deployment": readAskedDeployment,
  "api.release": readAskedRelease,
};

function spoken(result: ReturnType<GitlabReader>): Statement[] {
  return "ignored" in result ? [] : result;
}
