/** A merged pull request and the finish of the deployment that shipped it first. */
export interface ShippedPullRequest {
  firstCommitAt: Date | null;
  openedAt: Date | null;
  mergedAt: Date;
  finishedAt: Date;
}

/**
 * A pull request's lead time as DevLake's DORA plugin has it, in seconds: first authored
 * commit → opened, opened → merged, merged → deployed, each rounded up to whole minutes,
 * negative ones as 0, unknown ones left out of the sum.
 */
export function leadTimeSeconds(pullRequest: ShippedPullRequest): number {
  const { firstCommitAt, openedAt, mergedAt, finishedAt } = pullRequest;
  return (
    60 *
    (wholeMinutes(firstCommitAt, openedAt) +
      wholeMinutes(openedAt, mergedAt) +
      wholeMinutes(mergedAt, finishedAt))
  );
}

function wholeMinutes(from: Date | null, to: Date | null): number {
  if (from === null || to === null || to <= from) return 0;
  return Math.ceil((to.getTime() - from.getTime()) / 60_000);
}
