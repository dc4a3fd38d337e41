import type { Answered } from "./remedies";

/**
 * Whether a deployment was made in response to a failure: a fix forward, a
 * rollback, or a revert of changes that shipped in a failed deployment. Where
 * failure is not judged a declared revert counts as it stands.
 * (dora.dev/guides/dora-metrics: "unplanned but happen as a result of an incident in production".)
 */
export function isRework(
  deployment: Answered,
  hasFailed: (place: number) => boolean,
  judgesFailure: boolean,
): boolean {
  if (deployment.kind === "fix_forward" || deployment.kind === "rollback") return true;
  if (deployment.kind !== "revert") return false;
  if (!judgesFailure) return true;
  const brought = deployment.reverts.flatMap(({ target }) => target.broughtBy);
  // A declared revert that names nothing is judged by the failure it answered.
  return brought.length > 0 ? brought.some(hasFailed) : deployment.serves.length > 0;
}
