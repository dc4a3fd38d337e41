import type { Selectable } from "kysely";
import type { DeploymentsTable } from "@/db/schema/attempts";
import type { DeploymentAnswer } from "@/lib/http/answers";

export type DeploymentRow = Selectable<DeploymentsTable>;
export type ShownChange = DeploymentAnswer["changes"][number];

/** A deployment's row, its changes, a person's word on it and its evidence as the contract tells them. */
export function deploymentAnswer(
  row: DeploymentRow,
  changes: ShownChange[],
  correction: DeploymentAnswer["correction"],
  { sources, separated }: Pick<DeploymentAnswer, "sources" | "separated">,
): DeploymentAnswer {
  return {
    id: row.id,
    service: row.service,
    team: row.team,
    environment: row.environment,
    tier: row.tier,
    repository: row.repository,
    revision: row.revision,
    version: row.version,
    artifact: row.artifact,
    status: row.status as DeploymentAnswer["status"],
    completed: row.completed,
    kind: row.kind as DeploymentAnswer["kind"],
    declaredKind: row.declared_kind as DeploymentAnswer["declaredKind"],
    derivedKind: row.derived_kind as DeploymentAnswer["derivedKind"],
    lane: row.lane as DeploymentAnswer["lane"],
    strategy: row.strategy,
    steps: row.steps as DeploymentAnswer["steps"],
    approvals: row.approvals as DeploymentAnswer["approvals"],
    queuedAt: iso(row.queued_at),
    startedAt: iso(row.started_at),
    finishedAt: iso(row.finished_at),
    durationSeconds: secondsBetween(row.started_at, row.finished_at),
    author: row.author,
    description: row.description,
    url: row.url,
    changesKnown: row.changes_known,
    changeCount: row.change_count,
    changes,
    previous: row.previous,
    failed: row.failed,
    failedAttempt: row.failed_attempt,
    failedRemedy: row.failed_remedy,
    withdrawn: row.withdrawn,
    rework: row.rework,
    failure: failureOf(row),
    reasons: row.reasons,
    correction,
    sources,
    separated,
  };
}

function failureOf(row: DeploymentRow): DeploymentAnswer["failure"] {
  if (!row.failed) return null;
  return {
    reason: row.failure_reason ?? "confirmed",
    incident: row.failure_incident,
    firstSignAt: iso(row.first_sign_at),
    remedies: row.remedies as NonNullable<DeploymentAnswer["failure"]>["remedies"],
    heldBy: row.held_by as NonNullable<DeploymentAnswer["failure"]>["heldBy"],
    restoredAt: iso(row.restored_at),
    recoverySeconds: row.recovery_seconds,
    detectSeconds: row.detect_seconds,
    decideSeconds: row.decide_seconds,
    remedySeconds: row.remedy_seconds,
    confirmSeconds: row.confirm_seconds,
  };
}

/** Keys begin with the source's name; outside the two are told apart. */
export function providerKey(source: string, key: string): string {
  return key.startsWith(`${source}/`) ? key.slice(source.length + 1) : key;
}

export function iso(at: Date | null): string | null {
  return at === null ? null : at.toISOString();
}

/** Null where either end is unknown or the span would be negative. */
export function secondsBetween(from: Date | null, to: Date | null): number | null {
  if (from === null || to === null || to < from) return null;
  return (to.getTime() - from.getTime()) / 1000;
}
