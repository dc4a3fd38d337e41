import { commitKey, pushKey } from "@/lib/facts/keys";
import type { Statement } from "@/lib/facts/types";
import {
  type EventReader,
  type GithubDelivery,
  personOf,
  repositoryOf,
} from "@/lib/sources/github/delivery";
import { tagStatement } from "@/lib/sources/github/tag";
import { list, need, type Payload, part, revision, text } from "@/lib/sources/payload";
import { named, toTime } from "@/lib/sources/time";

/** GitHub cuts the list here. */
const listedCommits = 2048;
const noRevision = /^0+$/;

/** A branch moved: one push and its commits. A tag: the release of that name. */
export const readPush: EventReader = (delivery) => {
  const { body } = delivery;
  const ref = need(text(body.ref, 1000), body.ref, "ref", "the full name of a branch or tag");
  const after = need(revision(body.after), body.after, "after", "a revision");
  if (body.deleted === true || noRevision.test(after)) return { ignored: "the ref was deleted" };
  const [, kind, branch] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  if (!kind || !branch) return { ignored: "the ref is neither a branch nor a tag" };
  if (branch.startsWith("gh-readonly-queue/"))
    return { ignored: "a branch of the merge queue, not one of the repository" };
  if (kind === "tags") return [tagPushed(delivery, branch, after)];
  return branchPushed(delivery, branch, after);
};

function branchPushed(delivery: GithubDelivery, branch: string, after: string): Statement[] {
  const { body, receivedAt } = delivery;
  const repository = repositoryOf(body);
  const before = revision(body.before);
  const startsAt = before && !noRevision.test(before) ? before : null;
  const commits = list(body.commits).flatMap((commit) => {
    const id = revision(part(commit).id);
    return id ? [{ id, commit: part(commit) }] : [];
  });
  const when = named(pushTimes(body), receivedAt);
  return [
    {
      noun: "push",
      key: pushKey(repository, branch, startsAt, after),
      ...when,
      members: {
        repository,
        branch,
        before: startsAt,
        after,
        forced: body.forced === true,
        created: body.created === true || startsAt === null,
        commits: commits.map(({ id }) => id),
        complete: commits.length < listedCommits,
        pushedAt: when.asOf,
      },
    },
    ...commits.map(({ id, commit }): Statement => {
      const authoredAt = toTime(commit.timestamp);
      return {
        noun: "commit",
        key: commitKey(repository, id),
        ...(authoredAt ? { asOf: authoredAt } : when),
        members: {
          repository,
          revision: id,
          authoredAt: authoredAt ?? undefined,
          author: personOf(commit.author),
          message: text(commit.message, 65_536),
          paths: touchedPaths(commit),
          url: text(commit.url),
        },
      };
    }),
  ];
}

function tagPushed(delivery: GithubDelivery, tag: string, after: string): Statement {
  const { body, receivedAt } = delivery;
  const when = named(pushTimes(body), receivedAt);
  return tagStatement(delivery, tag, when, {
    // An annotated tag has an object of its own; the commit is in head_commit.
    revision: revision(part(body.head_commit).id) ?? after,
    author: personOf(body.pusher),
    at: when.asOf,
  });
}

/** pushed_at is epoch seconds here, though every other time is text; some senders leave it out. */
function pushTimes(body: Payload) {
  return [toTime(part(body.repository).pushed_at), toTime(part(body.head_commit).timestamp)];
}

function touchedPaths({ added, removed, modified }: Payload): string[] | null {
  if (![added, removed, modified].some(Array.isArray)) return null;
  const paths = [added, removed, modified].flatMap(list).flatMap((path) => text(path) ?? []);
  return [...new Set(paths)].sort();
}
