import { withOffset } from "@/scripts/demo/calendar";
import type { Commit, PullRequest, Push } from "@/scripts/demo/events";
import {
  api,
  mailOf,
  organizationBody,
  repositoryBody,
  repositoryId,
  seconds,
  site,
  userBody,
} from "@/scripts/demo/github-parts";
import { seedOf } from "@/scripts/demo/random";
import { defaultBranch, organisation, type Person } from "@/scripts/demo/world";

const zeros = "0".repeat(40);

export function pushBody(push: Push, at: number) {
  const commits = push.commits.map((commit) => commitBody(push.repository, commit));
  const from = push.before ?? zeros;
  return {
    ref: `refs/heads/${push.branch}`,
    before: from,
    after: push.after,
    repository: {
      ...repositoryBody(push.repository, at),
      // Epoch seconds in this event alone.
      created_at: 1_600_000_000,
      pushed_at: Math.floor(at / 1000),
      master_branch: defaultBranch,
      organization: organisation,
    },
    pusher: { name: push.pusher.login, email: mailOf(push.pusher) },
    organization: organizationBody(),
    sender: userBody(push.pusher),
    created: push.before === null,
    deleted: false,
    forced: false,
    base_ref: null,
    compare: `${site}/${push.repository}/compare/${from.slice(0, 12)}...${push.after.slice(0, 12)}`,
    commits,
    head_commit: commits.at(-1) ?? null,
  };
}

function commitBody(repository: string, commit: Commit) {
  const person = {
    name: commit.author.name,
    email: mailOf(commit.author),
    username: commit.author.login,
  };
  return {
    id: commit.sha,
    tree_id: commit.sha.split("").reverse().join(""),
    distinct: true,
    message: commit.message,
    timestamp: withOffset(commit.timezone, commit.authoredAt),
    url: `${site}/${repository}/commit/${commit.sha}`,
    author: person,
    committer: person,
    added: [],
    removed: [],
    modified: commit.paths,
  };
}

export function pullRequestBody(action: string, pullRequest: PullRequest, at: number) {
  return {
    action,
    number: pullRequest.number,
    pull_request: pullRequestMembers(pullRequest),
    repository: repositoryBody(pullRequest.repository, at),
    organization: organizationBody(),
    sender: userBody(pullRequest.mergedBy ?? pullRequest.author),
  };
}

function pullRequestMembers(pullRequest: PullRequest) {
  const { repository, number, mergedAt } = pullRequest;
  const side = (ref: string, sha: string) => ({
    label: `${organisation}:${ref}`,
    ref,
    sha,
    user: organizationBody(),
    repo: { id: repositoryId(repository), name: repository.split("/")[1], full_name: repository },
  });
  return {
    url: `${api}/repos/${repository}/pulls/${number}`,
    id: pullRequest.id,
    html_url: `${site}/${repository}/pull/${number}`,
    number,
    state: mergedAt === null ? "open" : "closed",
    locked: false,
    title: pullRequest.title,
    user: userBody(pullRequest.author),
    body: null,
    created_at: seconds(pullRequest.openedAt),
    updated_at: seconds(pullRequest.updatedAt),
    closed_at: mergedAt === null ? null : seconds(mergedAt),
    merged_at: mergedAt === null ? null : seconds(mergedAt),
    merge_commit_sha: pullRequest.mergeSha,
    assignees: [],
    requested_reviewers: [],
    labels: pullRequest.labels.map((name) => ({ name, color: "ededed", default: false })),
    milestone: null,
    draft: false,
    head: side(pullRequest.branch, pullRequest.headSha),
    base: side(defaultBranch, pullRequest.baseSha),
    author_association: "MEMBER",
    merged: mergedAt !== null,
    mergeable: null,
    merged_by: pullRequest.mergedBy ? userBody(pullRequest.mergedBy) : null,
    comments: 0,
    review_comments: 0,
    commits: pullRequest.commits,
    additions: pullRequest.additions,
    deletions: pullRequest.deletions,
    changed_files: pullRequest.changedFiles,
  };
}

export function reviewBody(pullRequest: PullRequest, reviewer: Person, at: number) {
  const { user, merged, merged_by, mergeable, ...members } = pullRequestMembers(pullRequest);
  return {
    action: "submitted",
    review: {
      id: seedOf("review", pullRequest.id, at),
      user: userBody(reviewer),
      body: null,
      commit_id: pullRequest.headSha,
      submitted_at: seconds(at),
      state: "approved",
      author_association: "MEMBER",
      html_url: `${site}/${pullRequest.repository}/pull/${pullRequest.number}#pullrequestreview`,
    },
    pull_request: { ...members, user },
    repository: repositoryBody(pullRequest.repository, at),
    organization: organizationBody(),
    sender: userBody(reviewer),
  };
}
