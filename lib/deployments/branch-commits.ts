/** A pull request as far as its branch's pushes may tell what it is made of. Times are epoch milliseconds. */
export interface BranchedPullRequest {
  number: number;
  branch: string;
  baseBranch: string | null;
  mergedAt: number | null;
  closedAt: number | null;
}

export interface BranchPush {
  branch: string;
  pushedAt: number;
  commits: readonly string[];
}

/**
 * Each pull request's own commits, by number: those pushed to its branch after an
 * earlier pull request of the same branch was merged and before it was itself,
 * other than those that had been on the base branch before. Each once; none where
 * no push tells of any.
 */
export function branchCommits(
  pullRequests: readonly BranchedPullRequest[],
  pushes: readonly BranchPush[],
): Map<number, string[]> {
  const pushesOf = grouped(pushes);
  const requestsOf = grouped(pullRequests);
  const onBase = new Map<string, Map<string, number>>();
  const own = new Map<number, string[]>();
  for (const request of pullRequests) {
    const base = request.baseBranch ?? "";
    if (request.branch === base) continue;
    const reached = onBase.get(base) ?? firstSeen(pushesOf.get(base) ?? []);
    onBase.set(base, reached);
    const since = lastMergeBefore(request, requestsOf.get(request.branch) ?? []);
    const until = request.mergedAt ?? request.closedAt ?? Number.POSITIVE_INFINITY;
    const commits = (pushesOf.get(request.branch) ?? [])
      .filter((push) => push.pushedAt > since && push.pushedAt <= until)
      .flatMap((push) =>
        push.commits.filter(
          (revision) => (reached.get(revision) ?? push.pushedAt) >= push.pushedAt,
        ),
      );
    own.set(request.number, [...new Set(commits)]);
  }
  return own;
}

function lastMergeBefore(
  request: BranchedPullRequest,
  sameBranch: readonly BranchedPullRequest[],
): number {
  const end = request.mergedAt ?? Number.POSITIVE_INFINITY;
  return sameBranch.reduce(
    (latest, { number, mergedAt }) =>
      number !== request.number && mergedAt !== null && mergedAt < end
        ? Math.max(latest, mergedAt)
        : latest,
    Number.NEGATIVE_INFINITY,
  );
}

function firstSeen(pushes: readonly BranchPush[]): Map<string, number> {
  const seen = new Map<string, number>();
  for (const { commits, pushedAt } of pushes)
    for (const revision of commits)
      seen.set(revision, Math.min(pushedAt, seen.get(revision) ?? pushedAt));
  return seen;
}

function grouped<Item extends { branch: string }>(items: readonly Item[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.branch);
    if (group) group.push(item);
    else groups.set(item.branch, [item]);
  }
  return groups;
}
