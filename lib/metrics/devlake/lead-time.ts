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
  const { coding, review, deploy } = leadTimeStages(pullRequest);
  return (coding ?? 0) + (review ?? 0) + deploy;
}

/** The three stages of that sum, in seconds: until it was opened, merged, deployed; null: unknown. */
export function leadTimeStages({
  firstCommitAt,
  openedAt,
  mergedAt,
  finishedAt,
}: ShippedPullRequest): { coding: number | null; review: number | null; deploy: number } {
  return {
    coding: firstCommitAt && openedAt && wholeMinutes(firstCommitAt, openedAt),
    review: openedAt && wholeMinutes(openedAt, mergedAt),
    deploy: wholeMinutes(mergedAt, finishedAt),
  };
}

/** In seconds. */
function wholeMinutes(from: Date, to: Date): number {
  return to <= from ? 0 : 60 * Math.ceil((to.getTime() - from.getTime()) / 60_000);
}
