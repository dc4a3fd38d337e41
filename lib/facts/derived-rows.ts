import type { DerivedChange, DerivedDeployment } from "@/lib/deployments/types";
import { canonicalJson } from "@/lib/facts/canonical";
import type { FactRow } from "@/lib/facts/save-rows";

/** A region's share in a rollout over several. */
export interface RolloutShare {
  /** Stands for the rollout in counts: the region that failed, else the first to finish. */
  counted: boolean;
  /** Finished first: lead times end with it, and the later regions' are null. */
  first: boolean;
}

export const alone: RolloutShare = { counted: true, first: true };

/** The derived columns of a deployment, by its public id. */
export function deploymentRow(
  { failure, carried, ...derived }: DerivedDeployment,
  { counted }: RolloutShare,
) {
  return {
    id: derived.id,
    completed: derived.completed,
    kind: derived.kind,
    derived_kind: derived.derivedKind,
    previous: derived.previous,
    changes_known: derived.changesKnown,
    change_count: derived.changesKnown ? derived.changes.length : null,
    failed: derived.failed,
    failed_attempt: derived.failedAttempt,
    failed_remedy: derived.failedRemedy,
    withdrawn: derived.withdrawn,
    rework: derived.rework,
    failure_reason: failure?.reason ?? null,
    failure_incident: failure?.incident ?? null,
    first_sign_at: time(failure?.firstSignAt),
    detect_seconds: failure?.stages.detectSeconds ?? null,
    decide_seconds: failure?.stages.decideSeconds ?? null,
    remedy_seconds: failure?.stages.remedySeconds ?? null,
    confirm_seconds: failure?.stages.confirmSeconds ?? null,
    restored_at: time(failure?.restoredAt),
    recovery_seconds: failure?.recoverySeconds ?? null,
    held_by: failure?.heldBy ?? null,
    remedies: (failure?.remedies ?? []).map((remedy) => ({
      ...remedy,
      startedAt: time(remedy.startedAt),
      finishedAt: time(remedy.finishedAt),
    })),
    reasons: derived.reasons,
    counted,
    layer: carried.layer,
    layer_below: carried.layerBelow,
    open_until: time(carried.openUntil),
  } satisfies FactRow<"deployments">;
}

/** What shipped with a deployment that its changes do not tell. */
export function traceRow(
  deployment: string,
  trace: DerivedDeployment["carried"]["traces"][number],
) {
  return { deployment_id: deployment, ...trace } satisfies FactRow<"deployment_traces">;
}

/** A change of a deployment's set; its place comes from the deployment's own row. */
export function changeRow(deployment: string, change: DerivedChange, { first }: RolloutShare) {
  return {
    deployment_id: deployment,
    repository: change.repository,
    revision: change.revision,
    lead_seconds: first ? change.leadTimeSeconds : null,
    anomaly: change.anomaly,
    coding_seconds: change.codingSeconds,
    pickup_seconds: change.pickupSeconds,
    review_seconds: change.reviewSeconds,
    merge_to_deploy_seconds: change.mergeToDeploySeconds,
    deploy_seconds: change.deploySeconds,
    paths_unknown: change.pathsUnknown,
  } satisfies FactRow<"deployment_changes">;
}

/** Whether a stored row says something else than a derived one, in any of the latter's columns. */
export function differs(stored: object | undefined, derived: object): boolean {
  if (!stored) return true;
  const row = stored as Record<string, unknown>;
  return Object.entries(derived).some(([name, value]) => !isSame(row[name], value));
}

function isSame(stored: unknown, derived: unknown): boolean {
  if (stored === derived) return true;
  if (stored instanceof Date) return stored.toISOString() === derived;
  if (typeof stored !== "object" || typeof derived !== "object" || !stored) return false;
  return canonicalJson(stored) === canonicalJson(derived);
}

function time(milliseconds: number | null | undefined): string | null {
  return milliseconds == null ? null : new Date(milliseconds).toISOString();
}
