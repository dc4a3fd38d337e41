import { readRevert, titleOf } from "@/lib/deployments/revert-message";

/** A commit as far as a revert can name it. */
export interface NamedCommit {
  revision: string;
  message: string | null;
  pullRequest: number | null;
}

/**
 * How a broken main branch was mended: by a `revert`, where a change that came after
 * undoes one of those that broke it; by a `fix`, where others came; null where none
 * did, as when the same revision was built again and passed.
 */
export function mendedBy(
  breaking: readonly NamedCommit[],
  mending: readonly NamedCommit[],
): "revert" | "fix" | null {
  if (mending.length === 0) return null;
  const messages = new Map(
    [...breaking, ...mending].map((commit) => [commit.revision, commit.message]),
  );
  const messageOf = (revision: string) =>
    messages.get(revision) ??
    [...messages].find(([known]) => known.startsWith(revision))?.[1] ??
    null;
  const undoes = mending.some(({ message }) => {
    const said = readRevert(message, messageOf);
    return (
      said !== null &&
      breaking.some(
        (commit) =>
          said.revisions.some((revision) => commit.revision.startsWith(revision)) ||
          (said.title !== null &&
            commit.message !== null &&
            titleOf(commit.message) === said.title) ||
          (said.pullRequest !== null && commit.pullRequest === said.pullRequest),
      )
    );
  });
  return undoes ? "revert" : "fix";
}
