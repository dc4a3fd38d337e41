import { pullRequestKey } from "@/lib/facts/keys";
import type { Statement } from "@/lib/facts/types";
import {
  type BitbucketDelivery,
  type BitbucketReader,
  personOf,
  repositoryOf,
} from "@/lib/sources/bitbucket/delivery";
import { oldestFirst, pushStatements } from "@/lib/sources/branch-push";
import { isFullRevision } from "@/lib/sources/git-ref";
import { list, name, type Payload, part, revision, text } from "@/lib/sources/payload";
import { tagRelease } from "@/lib/sources/tag-release";
import { named, toTime } from "@/lib/sources/time";

/** One push may move several branches and tags; each change is read by itself. */
export const readPush: BitbucketReader = (delivery) => {
  const changes = list(part(delivery.body.push).changes).map(part);
  const statements = changes.flatMap((change) => readChange(delivery, change));
  if (statements.length > 0) return statements;
  const isDeletion = changes.some(({ new: now, old }) => now === null && part(old).name);
  return { ignored: isDeletion ? "a branch or tag was deleted" : "the push brought no commits" };
};

function readChange(delivery: BitbucketDelivery, change: Payload): Statement[] {
  const now = part(change.new);
  const target = part(now.target);
  const [ref, after] = [name(now.name), revision(target.hash)];
  if (ref === null || after === null) return [];
  return /tag$/.test(String(now.type))
    ? [tagPushed(delivery, now, ref, after)]
    : branchPushed(delivery, change, ref, after);
}

function branchPushed(
  { body, sentAt, receivedAt }: BitbucketDelivery,
  change: Payload,
  branch: string,
  after: string,
): Statement[] {
  const repository = repositoryOf(body);
  const before = revision(part(part(change.old).target).hash);
  const commits = oldestFirst(list(change.commits).flatMap(commitOf), after);
  if (before === null && commits.length === 0) return [];
  const head = toTime(part(part(change.new).target).date);
  return [
    ...pushStatements(
      {
        repository,
        branch,
        before,
        after,
        // A branch that brings no commits went back.
        forced: change.forced === true || commits.length === 0,
        complete: change.truncated !== true,
        commits,
      },
      named([sentAt, head], receivedAt),
    ),
    ...commits.flatMap((commit) => mergedBy(repository, commit)),
  ];
}

/** A commit as pushes and the API have it; none without its revision. */
export function commitOf(given: unknown) {
  const commit = part(given);
  const hash = revision(commit.hash);
  if (hash === null) return [];
  const authoredAt = toTime(commit.date);
  const parents = list(commit.parents).flatMap((parent) => revision(part(parent).hash) ?? []);
  return [
    {
      revision: hash,
      ...(Array.isArray(commit.parents) && parents.every(isFullRevision) && { parents }),
      ...(authoredAt && { authoredAt }),
      author: personOf(commit.author),
      message: text(commit.message, 65_536),
      url: text(part(part(commit.links).html).href),
    },
  ];
}

/**
 * The merge of a pull request, whose own event has its revision cut to 12
 * characters: Bitbucket's message of the merge names the request.
 */
export function mergedBy(
  repository: string,
  { revision: mergeRevision, message, authoredAt }: ReturnType<typeof commitOf>[number],
): Statement[] {
  const [, digits] = /^Merged in \S+ \(pull request #(\d{1,9})\)/.exec(message ?? "") ?? [];
  if (!digits || !authoredAt) return [];
  const number = Number(digits);
  return [
    {
      noun: "pull_request",
      key: pullRequestKey(repository, number),
      asOf: authoredAt,
      members: { repository, number, mergeRevision },
    },
  ];
}

/** Its own date is an annotated tag's; the date of what it stands on says nothing of the tag. */
function tagPushed(
  { source, body, sentAt, receivedAt }: BitbucketDelivery,
  tag: Payload,
  name: string,
  commit: string,
): Statement {
  const when = named([toTime(tag.date), sentAt], receivedAt);
  return tagRelease({ source, repository: repositoryOf(body), tag: name }, when, {
    revision: commit,
    author: personOf(tag.tagger) ?? personOf(body.actor),
    url: text(part(part(tag.links).html).href),
    at: when.asOf,
  });
}
