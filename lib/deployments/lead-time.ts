import type { Change } from "./change-set";
import type { DerivedChange } from "./types";

/**
 * A change of a deployment's set with its lead time, first authored commit →
 * the deployment's finish, and its stages where a pull request is known, all in
 * seconds. Null where the change had shipped here before, where a boundary is
 * unknown, and where a span is negative, which is marked an anomaly.
 * (dora.dev/guides/dora-metrics: "from committed … to deployed in production".)
 */
export function timeChange(
  change: Change,
  deployment: { startedAt: number | null; finishedAt: number | null },
  newlyShipped: boolean,
): DerivedChange {
  const pullRequest = newlyShipped ? change.pullRequest : null;
  const { startedAt, finishedAt } = deployment;
  const spans = {
    leadTimeSeconds: span(newlyShipped ? change.firstAuthoredAt : null, finishedAt),
    codingSeconds: span(pullRequest?.firstCommitAt, pullRequest?.openedAt),
    pickupSeconds: span(pullRequest?.openedAt, pullRequest?.firstReviewAt),
    reviewSeconds: span(pullRequest?.firstReviewAt, pullRequest?.mergedAt),
    mergeToDeploySeconds: span(pullRequest?.mergedAt, startedAt),
    deploySeconds: pullRequest ? span(startedAt, finishedAt) : null,
  };
  return {
    repository: change.repository,
    revision: change.revision,
    pathsUnknown: change.pathsUnknown,
    anomaly: Object.values(spans).some((seconds) => seconds !== null && seconds < 0),
    leadTimeSeconds: positive(spans.leadTimeSeconds),
    codingSeconds: positive(spans.codingSeconds),
    pickupSeconds: positive(spans.pickupSeconds),
    reviewSeconds: positive(spans.reviewSeconds),
    mergeToDeploySeconds: positive(spans.mergeToDeploySeconds),
    deploySeconds: positive(spans.deploySeconds),
  };
}

function span(from: number | null | undefined, to: number | null | undefined): number | null {
  return from == null || to == null ? null : (to - from) / 1000;
}

function positive(seconds: number | null): number | null {
  return seconds !== null && seconds >= 0 ? seconds : null;
}
