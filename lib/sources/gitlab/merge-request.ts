import { pullRequestKey } from "@/lib/facts/keys";
import type { Report } from "@/lib/facts/reports";
import type { PullRequestMembers, Statement } from "@/lib/facts/types";
import {
  type GitlabDelivery,
  type GitlabReader,
  gitlabTime,
  personOf,
  repositoryOf,
} from "@/lib/sources/gitlab/delivery";
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
import { named } from "@/lib/sources/time";

/** Every action carries the merge request, so each is a statement as of its last update. */
export const readMergeRequest: GitlabReader = (delivery) => {
  const { body, receivedAt } = delivery;
  const request = part(body.object_attributes);
  const action = name(request.action);
  const openedAt = gitlabTime(request.created_at);
  const when = named([gitlabTime(request.updated_at), openedAt], receivedAt);
  return [
    requestStatement(delivery, request, when, {
      title: text(request.title, 1000),
      branch: name(request.source_branch),
      baseBranch: name(request.target_branch),
      ...authorOf(body, request),
      headRevision: revision(part(request.last_commit).id),
      openedAt,
      ...endOf(request, when.asOf),
      ...labelsOf(body, request),
      url: text(request.url),
      ...(isApproval(action) && reviewOf(body, request, "approved", when)),
    }),
  ];
};

/** One of several approvals that are wanted, or the last of them. */
function isApproval(action: string | null): boolean {
  return action === "approval" || action === "approved";
}

/** A comment on a merge request by somebody else is a review; GitLab's own notes are none. */
export const readNote: GitlabReader = (delivery) => {
  const { body, receivedAt } = delivery;
  const note = part(body.object_attributes);
  const request = part(body.merge_request);
  if (note.noteable_type !== "MergeRequest") return { ignored: "a comment on no merge request" };
  if (note.system === true) return { ignored: "GitLab's own note is no review" };
  const when = named([gitlabTime(note.created_at)], receivedAt);
  const review = reviewOf(body, request, identifier(note.id) ?? "note", when);
  if (!review) return { ignored: "the author's own comments are no review" };
  return [requestStatement(delivery, request, when, review)];
};

function requestStatement(
  { body }: GitlabDelivery,
  request: Payload,
  when: Pick<Statement, "asOf" | "timeFromReceipt">,
  members: Omit<PullRequestMembers, "repository" | "number">,
): Statement {
  const repository = repositoryOf(body);
  const number = need(
    count(request.iid),
    request.iid,
    "object_attributes.iid",
    "the number of the merge request",
  );
  return {
    noun: "pull_request",
    key: pullRequestKey(repository, number),
    ...when,
    members: { repository, number, ...members },
  };
}

/**
 * When and how it ended. No payload says when it was merged: `updated_at` does,
 * while the action is the merge itself; later updates of it say nothing of that.
 */
function endOf(request: Payload, updatedAt: string): Partial<PullRequestMembers> {
  switch (name(request.state)) {
    case "merged": {
      const mergeRevision = mergeRevisionOf(request);
      const mergedAt = gitlabTime(request.merged_at) ?? (request.action === "merge" && updatedAt);
      return { ...(mergeRevision && { mergeRevision }), ...(mergedAt && { mergedAt }) };
    }
    case "closed":
      return request.action === "close" ? { closedAt: updatedAt, mergedAt: null } : {};
    case "opened":
    case "reopened":
      return { mergeRevision: null, mergedAt: null, closedAt: null };
    default:
      return {};
  }
}

/** The merge commit, else the squashed one, else what was fast-forwarded to. */
function mergeRevisionOf(request: Payload): string | null {
  const made = revision(request.merge_commit_sha) ?? revision(request.squash_commit_sha);
  if (made !== null || request.merge_commit_sha !== null || request.squash === true) return made;
  return revision(part(request.last_commit).id);
}

/** `user` is who acted; that is the author where the ids say so, and on opening. */
function authorOf(body: Payload, request: Payload): Partial<PullRequestMembers> {
  const author =
    isByAuthor(body, request) || request.action === "open" ? personOf(body.user) : null;
  return author === null ? {} : { author };
}

function labelsOf(body: Payload, request: Payload): Partial<PullRequestMembers> {
  const given = Array.isArray(body.labels) ? body.labels : request.labels;
  if (!Array.isArray(given)) return {};
  return { labels: list(given).flatMap((label) => name(part(label).title) ?? []) };
}

function reviewOf(
  body: Payload,
  request: Payload,
  id: string,
  when: Pick<Statement, "asOf" | "timeFromReceipt">,
): Pick<PullRequestMembers, "reports"> | null {
  if (isByAuthor(body, request)) return null;
  const report: Report<"reviewed"> = {
    state: "reviewed",
    at: when.asOf,
    ...(when.timeFromReceipt && { presumed: true }),
  };
  return { reports: { [`${id} ${personOf(body.user) ?? ""}`.trim()]: report } };
}

function isByAuthor(body: Payload, request: Payload): boolean {
  const author = identifier(request.author_id);
  return author !== null && author === identifier(part(body.user).id);
}
