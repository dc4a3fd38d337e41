import { oldestFirst, pushStatements } from "@/lib/sources/branch-push";
import { isNoRevision, readRef } from "@/lib/sources/git-ref";
import {
  type GitlabReader,
  gitlabTime,
  personOf,
  repositoryOf,
} from "@/lib/sources/gitlab/delivery";
import { count, list, name, need, type Payload, part, revision, text } from "@/lib/sources/payload";
import { tagRelease } from "@/lib/sources/tag-release";
import { named } from "@/lib/sources/time";
import { touchedPaths } from "@/lib/sources/touched-paths";

/** A branch moved: one push and its commits. */
export const readPush: GitlabReader = ({ body, receivedAt }) => {
  const { after, moved: branch } = movedOf(body, "branch");
  if (branch === null) return { ignored: "the ref is no branch" };
  if (isNoRevision(after)) return { ignored: "the branch was deleted" };
  const before = revision(body.before);
  const commits = oldestFirst(list(body.commits).flatMap(commitOf), after);
  const begins = before === null || isNoRevision(before);
  if (begins && commits.length === 0) return { ignored: "a new branch of commits that are known" };
  const head = commits.find((commit) => commit.revision === after) ?? commits.at(-1);
  // The list ends at 20 commits; only this says how many there were.
  const total = count(body.total_commits_count);
  return pushStatements(
    {
      repository: repositoryOf(body),
      branch,
      before,
      after,
      forced: !standsOnBefore(body, branch, commits.length),
      complete: total === null || total <= commits.length,
      commits,
    },
    named([head?.committedAt], receivedAt),
  );
};

function commitOf(given: unknown) {
  const commit = part(given);
  const id = revision(commit.id);
  if (id === null) return [];
  const committedAt = gitlabTime(commit.timestamp);
  return [
    {
      revision: id,
      // The committer's date, the only one that a push tells.
      ...(committedAt && { authoredAt: committedAt, committedAt }),
      author: personOf(commit.author),
      message: text(commit.message, 65_536),
      paths: touchedPaths(commit),
      url: text(commit.url),
    },
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
export const readTagPush: GitlabReader = ({ source, body, receivedAt }) => {
  const { after, moved: tag } = movedOf(body, "tag");
  if (tag === null) return { ignored: "the ref is no tag" };
  // Deletions were seen with a revision in `after`; that nothing is checked out still tells them.
  if (isNoRevision(after) || body.checkout_sha === null) return { ignored: "the tag was deleted" };
  const when = named([], receivedAt);
  return [
    tagRelease({ source, repository: repositoryOf(body), tag }, when, {
      revision: revision(body.checkout_sha) ?? after,
      author: name(body.user_username) ?? name(body.user_name),
      at: when.asOf,
    }),
  ];
};

function movedOf(body: Payload, wanted: "branch" | "tag") {
  const ref = need(text(body.ref, 1000), body.ref, "ref", "the full name of a branch or tag");
  const after = need(revision(body.after), body.after, "after", "a revision");
  const given = readRef(ref);
  return { after, moved: given?.kind === wanted ? given.name : null };
}
