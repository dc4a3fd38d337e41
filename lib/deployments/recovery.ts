import { firstSignOf, type OpenFailure, restoredAt } from "./open-failure";
import type { Failure, FailureReason } from "./types";

/**
 * A failure as it is told: what held is the remedy started last before
 * restoration. Recovery runs from the deployment's finish or the first sign,
 * whichever is earlier, in seconds, null while open; its stages are null where a
 * boundary is unknown. (dora.dev/guides/dora-metrics: failed deployment recovery time.)
 */
export function recover(failure: OpenFailure): Failure {
  const { deployment, incidents } = failure;
  const restored = restoredAt(failure);
  const firstSignAt = firstSignOf(failure);
  const began = Math.min(deployment.at, firstSignAt);
  const remedies = failure.remedies.map((remedy) => ({ ...remedy, held: false }));
  const held = restored === null ? undefined : remedies.at(-1);
  if (held) held.held = true;
  const sign = incidents.length > 0 ? firstSignAt : null;
  return {
    reason: reasonOf(failure),
    incident: incidents[0]?.id ?? null,
    firstSignAt,
    remedies,
    heldBy: restored === null ? null : (held?.kind ?? "none"),
    restoredAt: restored,
    recoverySeconds: seconds(began, restored),
    stages: {
      detectSeconds: seconds(began, sign),
      decideSeconds: seconds(sign, held?.startedAt),
      remedySeconds: seconds(held?.startedAt, held?.finishedAt),
      confirmSeconds: sign === null ? null : seconds(held?.finishedAt, restored),
    },
  };
}

function reasonOf({ deployment }: OpenFailure): FailureReason {
  const [weightiest] = deployment.marks;
  if (!weightiest) throw new Error(`Deployment ${deployment.attempt.id} failed without a reason.`);
  return weightiest.reason;
}

function seconds(from: number | null | undefined, to: number | null | undefined): number | null {
  if (from == null || to == null || to < from) return null;
  return (to - from) / 1000;
}
