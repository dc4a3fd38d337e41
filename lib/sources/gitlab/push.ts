import { commitKey, pushKey, sourceKey } from "@/lib/facts/keys";
import type { ReleaseMembers, Statement } from "@/lib/facts/types";
import { isNoRevision, readRef } from "@/lib/sources/git-ref";
import {
  type GitlabDelivery,
  type GitlabReader,
  gitlabTime,
  personOf,
  repositoryOf,
} from "@/lib/sources/gitlab/delivery";
import { count, list, name, need, type Payload, part, revision, text } from "@/lib/sources/payload";
import { named } from "@/lib/sources/time";

/** A branch moved: one push and its commits. */
export const readPush: GitlabReader = (delivery) => {
  const { body } = delivery;
  const { ref, after, moved: branch } = movedOf(body, "branch");
  if (branch === null) return { ignored: `${ref} is no branch` };
  if (isNoRevision(after)) return { ignored: `${ref} was deleted` };
  const before = revision(body.before);
  const startsAt = before && !isNoRevision(before) ? before : null;
  const commits = list(body.commits).flatMap((commit) => {
    const id = revision(part(commit).id);
    return id ? [{ id, commit: part(commit) }] : [];
  });
  if (startsAt === null && commits.length === 0)
    return { ignored: `${ref} was made of commits that are known` };
  return pushed(delivery, { branch, before: startsAt, after, commits });
};

function pushed(
  { body, receivedAt }: GitlabDelivery,
  moved: {
    branch: string;
    before: string | null;
    after: string;
    commits: { id: string; commit: Payload }[];
  },
): Statement[] {
  const { branch, before, after, commits } = moved;
  const repository = repositoryOf(body);
  const head = commits.find(({ id }) => id === after) ?? commits.at(-1);
  const when = named([gitlabTime(head?.commit.timestamp)], receivedAt);
  // The list ends at 20 commits; only this says how many there were.
  const total = count(body.total_commits_count);
  return [
    {
      noun: "push",
      key: pushKey(repository, branch, before, after),
      ...when,
      members: {
        repository,
        branch,
        before,
        after,
        forced: !standsOnBefore(body, branch, commits.length),
        created: before === null,
        commits: commits.map(({ id }) => id),
        complete: total === null || total <= commits.length,
        pushedAt: when.asOf,
      },
    },
    ...commits.map(({ id, commit }): Statement => {
      const committedAt = gitlabTime(commit.timestamp);
      return {
        noun: "commit",
        key: commitKey(repository, id),
        ...(committedAt ? { asOf: committedAt } : when),
        members: {
          repository,
          revision: id,
          // The committer's date, the only one that a push tells.
          ...(committedAt && { authoredAt: committedAt, committedAt }),
          author: personOf(commit.author),
          message: text(commit.message, 65_536),
          paths: touchedPaths(commit),
          url: text(commit.url),
        },
      };
    }),
  ];
}

/**
 * GitLab does not tell a forced push from another. Protected branches and the
 * default one refuse it unless allowed; of others that it stands on what was there
 * before is not known, and one that brings no commits went back.
 */
function standsOnBefore(body: Payload, branch: string, commits: number): boolean {
  if (commits === 0) return false;
  return body.ref_protected === true || branch === name(part(body.project).default_branch);
}

/** A new tag is a release of that name. Its moment is not told, and `after` is the tag's own object where it is annotated. */
export const readTagPush: GitlabReader = (delivery) => {
  const { body, receivedAt } = delivery;
  const { ref, after, moved: tag } = movedOf(body, "tag");
  if (tag === null) return { ignored: `${ref} is no tag` };
  const commit = revision(body.checkout_sha);
  // Deletions were seen with a revision in `after`; that nothing is checked out still tells them.
  if (isNoRevision(after) || body.checkout_sha === null) return { ignored: `${ref} was deleted` };
  const when = named([], receivedAt);
  return [
    tagStatement(delivery, tag, when, {
      revision: commit ?? after,
      author: name(body.user_username) ?? name(body.user_name),
      at: when.asOf,
    }),
  ];
};

/** A tag arrives as a push and again as a release: one release, by repository and tag. */
export function tagStatement(
  { source, body }: GitlabDelivery,
  tag: string,
  when: Pick<Statement, "asOf" | "timeFromReceipt">,
  members: ReleaseMembers,
): Statement {
  const repository = repositoryOf(body);
  return {
    noun: "release",
    key: sourceKey(source, `${repository}@${tag}`),
    ...when,
    members: { repository, subject: "tag", version: tag, ...members },
  };
}

function movedOf(body: Payload, wanted: "branch" | "tag") {
  const ref = need(text(body.ref, 1000), body.ref, "ref", "the full name of a branch or tag");
  const after = need(revision(body.after), body.after, "after", "a revision");
  const given = readRef(ref);
  return { ref, after, moved: given?.kind === wanted ? given.name : null };
}

function touchedPaths({ added, removed, modified }: Payload): string[] | null {
  if (![added, removed, modified].some(Array.isArray)) return null;
  const paths = [added, removed, modified].flatMap(list).flatMap((path) => text(path) ?? []);
  return [...new Set(paths)].sort();
}
