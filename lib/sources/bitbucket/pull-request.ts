import { pullRequestKey } from "@/lib/facts/keys";
import type { PullRequestMembers, Statement } from "@/lib/facts/types";
import {
  type BitbucketDelivery,
  type BitbucketReader,
  isSamePerson,
  personOf,
  repositoryOf,
} from "@/lib/sources/bitbucket/delivery";
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
import { named, toTime } from "@/lib/sources/time";

/** Every event carries the whole pull request, so each is a full statement as of its last update. */
export const readPullRequest: BitbucketReader = (delivery) => {
  const { event, receivedAt } = delivery;
  const request = part(delivery.body.pullrequest);
  const openedAt = toTime(request.created_on);
  const when = named([toTime(request.updated_on), openedAt], receivedAt);
  const [source, target] = [part(request.source), part(request.destination)];
  const statement = statementOf(delivery, when, {
    title: text(request.title, 1000),
    branch: name(part(source.branch).name),
    baseBranch: name(part(target.branch).name),
    author: personOf(request.author),
    headRevision: revision(part(source.commit).hash),
    baseRevision: revision(part(target.commit).hash),
    openedAt,
    ...endOf(event, name(request.state), when.asOf),
    url: text(part(part(request.links).html).href),
    ...reviewOf(delivery, request, when),
  });
  const merged = revision(part(request.merge_commit).hash);
  return merged && openedAt
    ? [statement, statementOf(delivery, { asOf: openedAt }, { mergeRevision: merged })]
    : [statement];
};

/**
 * The merge commit is told in 12 characters, apart and as of the opening: so it
 * yields to the whole revision that the push of the merge tells.
 */
function statementOf(
  { body }: BitbucketDelivery,
  when: Pick<Statement, "asOf" | "timeFromReceipt">,
  members: Omit<PullRequestMembers, "repository" | "number">,
): Statement {
  const repository = repositoryOf(body);
  const { id } = part(body.pullrequest);
  const number = need(count(id), id, "pullrequest.id", "the number of the pull request");
  return {
    noun: "pull_request",
    key: pullRequestKey(repository, number),
    ...when,
    members: { repository, number, ...members },
  };
}

/** Nothing says when it was merged or declined but the update of the event that did it. */
function endOf(
  event: string,
  state: string | null,
  updatedAt: string,
): Partial<PullRequestMembers> {
  if (event === "pullrequest:fulfilled") return { mergedAt: updatedAt, closedAt: updatedAt };
  if (event === "pullrequest:rejected") return { mergedAt: null, closedAt: updatedAt };
  return state === "OPEN" ? { mergedAt: null, closedAt: null } : {};
}

/** An approval, a request for changes or a comment by somebody else. */
function reviewOf(
  { event, body }: BitbucketDelivery,
  request: Payload,
  when: Pick<Statement, "asOf" | "timeFromReceipt">,
): Pick<PullRequestMembers, "reports"> {
  const given: Record<string, Payload> = {
    "pullrequest:approved": part(body.approval),
    "pullrequest:changes_request_created": part(body.changes_request),
    "pullrequest:comment_created": part(body.comment),
  };
  const review = Object.hasOwn(given, event) ? given[event] : undefined;
  if (!review || isSamePerson(review.user ?? body.actor, request.author)) return {};
  const at = toTime(review.date) ?? toTime(review.created_on);
  const id = [event, identifier(review.id) ?? identifier(part(review.user).uuid), at];
  return {
    reports: {
      [id.filter(Boolean).join(" ")]: {
        state: "reviewed",
        at: at ?? when.asOf,
        ...(!at && when.timeFromReceipt && { presumed: true }),
      },
    },
  };
}
