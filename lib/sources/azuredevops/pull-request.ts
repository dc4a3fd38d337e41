import { pullRequestKey } from "@/lib/facts/keys";
import type { Report } from "@/lib/facts/reports";
import type { PullRequestMembers, Statement } from "@/lib/facts/types";
import { type AzureReader, personOf, repositoryOf } from "@/lib/sources/azuredevops/delivery";
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
import { named, toTime } from "@/lib/sources/time";

type When = Pick<Statement, "asOf" | "timeFromReceipt">;

/** Every event carries the whole pull request, so each is a full statement as of the event. */
export const readPullRequest: AzureReader = ({ resource, sentAt, receivedAt }) => {
  const openedAt = toTime(resource.creationDate);
  const when = named([sentAt, toTime(resource.closedDate), openedAt], receivedAt);
  const { labels } = resource;
  const address = text(part(resource.repository).webUrl);
  const statement = requestStatement(resource, when, {
    title: text(resource.title, 1000),
    branch: branchOf(resource.sourceRefName),
    baseBranch: branchOf(resource.targetRefName),
    author: personOf(resource.createdBy),
    headRevision: revision(part(resource.lastMergeSourceCommit).commitId),
    baseRevision: revision(part(resource.lastMergeTargetCommit).commitId),
    openedAt,
    ...endOf(resource, when.asOf),
    ...(Array.isArray(labels) && {
      labels: labels.flatMap((label) => name(part(label).name) ?? []),
    }),
    url: address && `${address}/pullrequest/${identifier(resource.pullRequestId)}`,
    reports: votes(resource, when),
  });
  return [statement];
};

/** A comment on a pull request by somebody else is a review. */
export const readComment: AzureReader = ({ resource, sentAt, receivedAt }) => {
  const comment = part(resource.comment);
  const request = part(resource.pullRequest);
  if (comment.commentType === "system") return { ignored: "a comment of the system's own" };
  if (isSame(comment.author, request.createdBy))
    return { ignored: "the author's own comments are no review" };
  const when = named([toTime(comment.publishedDate), sentAt], receivedAt);
  const id = `comment ${identifier(comment.id) ?? ""} ${when.asOf}`;
  return [requestStatement(request, when, { reports: { [id]: reviewed(when) } })];
};

function requestStatement(
  request: Payload,
  when: When,
  members: Omit<PullRequestMembers, "repository" | "number">,
): Statement {
  const repository = repositoryOf(request.repository);
  const number = need(
    count(request.pullRequestId),
    request.pullRequestId,
    "resource.pullRequestId",
    "the number of the pull request",
  );
  return {
    noun: "pull_request",
    key: pullRequestKey(repository, number),
    ...when,
    members: { repository, number, ...members },
  };
}

/** The event "merged" tells of every attempt to merge: only the status says that it was. */
function endOf(request: Payload, at: string): Partial<PullRequestMembers> {
  const closedAt = toTime(request.closedDate) ?? at;
  switch (name(request.status)) {
    case "completed":
      return {
        mergedAt: closedAt,
        closedAt,
        mergeRevision: revision(part(request.lastMergeCommit).commitId),
      };
    case "abandoned":
      return { mergedAt: null, closedAt, mergeRevision: null };
    case "active":
      return { mergedAt: null, closedAt: null, mergeRevision: null };
    default:
      return {};
  }
}

/** Votes have no time: each is of the first event that shows it. */
function votes(request: Payload, when: When): Record<string, Report<"reviewed">> {
  return Object.fromEntries(
    list(request.reviewers)
      .map(part)
      .filter(({ vote }) => typeof vote === "number" && vote !== 0)
      .filter((reviewer) => !isSame(reviewer, request.createdBy))
      .map(({ id, vote }) => [`vote ${identifier(id) ?? ""} ${vote} ${when.asOf}`, reviewed(when)]),
  );
}

function reviewed(when: When): Report<"reviewed"> {
  return { state: "reviewed", at: when.asOf, ...(when.timeFromReceipt && { presumed: true }) };
}

function isSame(a: unknown, b: unknown): boolean {
  const id = identifier(part(a).id);
  return id !== null && id === identifier(part(b).id);
}

function branchOf(ref: unknown): string | null {
  return name(readRef(text(ref, 1000) ?? "")?.name);
}
