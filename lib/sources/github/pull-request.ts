import { pullRequestKey } from "@/lib/facts/keys";
import type { PullRequestMembers, Statement } from "@/lib/facts/types";
import {
  type EventReader,
  type GithubDelivery,
  personOf,
  repositoryOf,
} from "@/lib/sources/github/delivery";
import { count, identifier, list, name, need, part, revision, text } from "@/lib/sources/payload";
import { latestTime, named, toTime } from "@/lib/sources/time";

/** Every action carries the whole pull request, so each is a full statement as of its last update. */
export const readPullRequest: EventReader = (delivery) => {
  const request = part(delivery.body.pull_request);
  const [head, base] = [part(request.head), part(request.base)];
  const openedAt = toTime(request.created_at);
  const closedAt = toTime(request.closed_at);
  const updatedAt = toTime(request.updated_at);
  const isMerged = request.merged === true || toTime(request.merged_at) !== null;
  const mergedAt = isMerged ? (toTime(request.merged_at) ?? closedAt ?? updatedAt) : null;
  return [
    pullRequestStatement(
      delivery,
      named([updatedAt, latestTime([mergedAt, closedAt, openedAt])], delivery.receivedAt),
      {
        title: text(request.title, 1000),
        branch: name(head.ref),
        baseBranch: name(base.ref),
        author: personOf(request.user),
        headRevision: revision(head.sha),
        baseRevision: revision(base.sha),
        // Unmerged ones have a merge_commit_sha too: that of a test merge.
        mergeRevision: isMerged ? revision(request.merge_commit_sha) : null,
        openedAt,
        mergedAt,
        closedAt,
        labels: list(request.labels).flatMap((label) => name(part(label).name) ?? []),
        // A list of pull requests does not say how large they are.
        ...("additions" in request && { additions: count(request.additions) }),
        ...("deletions" in request && { deletions: count(request.deletions) }),
        url: text(request.html_url),
      },
    ),
  ];
};

/** A submitted review by somebody else; the author's own comments review nothing. */
export const readReview: EventReader = (delivery) => {
  const { body, action, receivedAt } = delivery;
  const review = part(body.review);
  if (action !== "submitted") return { ignored: "only a submitted review counts" };
  const reviewer = personOf(review.user);
  if (reviewer !== null && reviewer === personOf(part(body.pull_request).user))
    return { ignored: "the author's own comments are no review" };
  const when = named([toTime(review.submitted_at)], receivedAt);
  const id = identifier(review.id) ?? `reviewed ${when.asOf}`;
  const report = {
    state: "reviewed" as const,
    at: when.asOf,
    ...(when.timeFromReceipt && { presumed: true }),
  };
  return [pullRequestStatement(delivery, when, { reports: { [id]: report } })];
};

function pullRequestStatement(
  { body }: GithubDelivery,
  when: { asOf: string; timeFromReceipt?: true },
  members: Omit<PullRequestMembers, "repository" | "number">,
): Statement {
  const repository = repositoryOf(body);
  const given = part(body.pull_request).number ?? body.number;
  const number = need(count(given), given, "pull_request.number", "the number of the pull request");
  return {
    noun: "pull_request",
    key: pullRequestKey(repository, number),
    ...when,
    members: { repository, number, ...members },
  };
}
