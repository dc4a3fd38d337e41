import { pullRequestKey } from "@/lib/facts/keys";
import type { PullRequestMembers } from "@/lib/facts/types";
import {
  type DataCenterDelivery,
  type DataCenterReader,
  personOf,
  repositoryOf,
} from "@/lib/sources/bitbucket-server/delivery";
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

/** Every event carries the whole pull request, so each is a full statement as of its last update. */
export const readPullRequest: DataCenterReader = (delivery) => {
  const { body, sentAt, receivedAt } = delivery;
  const request = part(body.pullRequest);
  const [head, base] = [part(request.fromRef), part(request.toRef)];
  const repository = repositoryOf(base.repository, "pullRequest.toRef.repository");
  const number = need(
    count(request.id),
    request.id,
    "pullRequest.id",
    "the number of the pull request",
  );
  const openedAt = toTime(request.createdDate);
  const when = named([toTime(request.updatedDate), sentAt, openedAt], receivedAt);
  return [
    {
      noun: "pull_request",
      key: pullRequestKey(repository, number),
      ...when,
      members: {
        repository,
        number,
        title: text(request.title, 1000),
        branch: name(head.displayId),
        baseBranch: name(base.displayId),
        author: personOf(part(request.author).user),
        headRevision: revision(head.latestCommit),
        baseRevision: revision(base.latestCommit),
        openedAt,
        ...endOf(request, when.asOf),
        url: text(part(list(part(request.links).self)[0]).href),
        ...reviewOf(delivery, request),
      },
    },
  ];
};

function endOf(request: Payload, updatedAt: string): Partial<PullRequestMembers> {
  const closedAt = toTime(request.closedDate);
  switch (name(request.state)) {
    case "MERGED": {
      const mergeRevision = revision(part(part(request.properties).mergeCommit).id);
      return {
        mergedAt: closedAt ?? updatedAt,
        closedAt: closedAt ?? updatedAt,
        // A list of pull requests need not name it, and then takes it from nobody.
        ...(mergeRevision !== null && { mergeRevision }),
      };
    }
    case "DECLINED":
      return { mergedAt: null, closedAt: closedAt ?? updatedAt, mergeRevision: null };
    case "OPEN":
      return { mergedAt: null, closedAt: null, mergeRevision: null };
    default:
      return {};
  }
}

const reviews = ["pr:reviewer:approved", "pr:reviewer:needs_work", "pr:comment:added"];

/** A verdict or a comment by somebody else. */
function reviewOf(
  { event, body, sentAt, receivedAt }: DataCenterDelivery,
  request: Payload,
): Pick<PullRequestMembers, "reports"> {
  const reviewer = personOf(part(body.participant).user) ?? personOf(body.actor);
  const isOwn = reviewer !== null && reviewer === personOf(part(request.author).user);
  if (!reviews.includes(event) || isOwn) return {};
  const { id, createdDate } = part(body.comment);
  const { asOf: at, timeFromReceipt } = named([toTime(createdDate), sentAt], receivedAt);
  const key = [event, identifier(id) ?? reviewer, at].filter(Boolean).join(" ");
  return {
    reports: { [key]: { state: "reviewed", at, ...(timeFromReceipt && { presumed: true }) } },
  };
}
