import { commitKey, pushKey } from "@/lib/facts/keys";
import type { CommitMembers, PushMembers, Statement } from "@/lib/facts/types";
import { isNoRevision } from "@/lib/sources/git-ref";
import { latestTime } from "@/lib/sources/time";

type When = Pick<Statement, "asOf" | "timeFromReceipt">;

/** A branch that moved, with the commits that its push lists, the oldest first. */
export interface BranchPush
  extends Pick<PushMembers, "repository" | "branch" | "after" | "forced" | "complete"> {
  /** null, or all zeros, where the branch was made. */
  before: string | null;
  commits: readonly Omit<CommitMembers, "repository">[];
}

/** What a push states: the branch's move, and each commit as of its own dates. */
export function pushStatements(push: BranchPush, when: When): Statement[] {
  const { repository, branch, after, commits, forced, complete } = push;
  const before = push.before !== null && isNoRevision(push.before) ? null : push.before;
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
        forced,
        created: before === null,
        commits: commits.map(({ revision }) => revision),
        complete,
        pushedAt: when.asOf,
      },
    },
    ...commits.map((commit): Statement => {
      const asOf = latestTime([commit.authoredAt, commit.committedAt]);
      return {
        noun: "commit",
        key: commitKey(repository, commit.revision),
        ...(asOf ? { asOf } : when),
        members: { repository, ...commit },
      };
    }),
  ];
}

/** Commits as a push lists them, turned where it begins with the one that the branch is at now. */
export function oldestFirst<C extends { revision: string }>(
  commits: readonly C[],
  after: string,
): C[] {
  return commits[0]?.revision === after ? commits.toReversed() : [...commits];
}
