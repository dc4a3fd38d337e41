import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { StreamName } from "@/lib/deployments/read-stream";
import type { DerivedChange, DerivedDeployment } from "@/lib/deployments/types";
import type { FactRow } from "@/lib/facts/save-rows";
import type { CountedPlace } from "@/lib/metrics/mark-cells";

/** A region's share in a rollout over several. */
export interface RolloutShare {
  /** Stands for the rollout in counts: the region that failed, else the first to finish. */
  counted: boolean;
  /** Finished first: lead times end with it, and the later regions' are null. */
  first: boolean;
}

/** A deployment about which derivation now says something else, with its place in the metrics. */
export interface ChangedDeployment extends CountedPlace {
  id: string;
}

/**
 * Stores what derivation says of a stream and answers what changed by it. Rows
 * that left the stream meanwhile are left alone: they are another's now.
 */
export async function saveDerived(
  trx: Transaction<Database>,
  stream: StreamName,
  derived: readonly DerivedDeployment[],
  /** By public id; a deployment that is none of several regions' is not there. */
  shares: ReadonlyMap<string, RolloutShare>,
): Promise<ChangedDeployment[]> {
  const rows = derived.map((deployment) => ({
    ...derivedRow(deployment),
    counted: shares.get(deployment.id)?.counted ?? true,
  }));
  const changes = derived.flatMap(({ id, changes }) =>
    changes.map((change) => changeRow(id, change, shares.get(id)?.first ?? true)),
  );
  const ids = [
    ...(await saveColumns(trx, stream, rows)),
    ...(await saveChanges(trx, stream, changes)),
  ];
  if (ids.length === 0) return [];
  return trx
    .selectFrom("deployments")
    .select(["id", "service", "team", "environment", "at"])
    .where(sql<boolean>`id = any(${[...new Set(ids)]}::text[])`)
    .execute();
}

function derivedRow({ failure, ...derived }: DerivedDeployment): FactRow<"deployments"> {
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
  };
}

function changeRow(
  deployment: string,
  change: DerivedChange,
  isFirstRegion: boolean,
): FactRow<"deployment_changes"> {
  return {
    deployment_id: deployment,
    repository: change.repository,
    revision: change.revision,
    lead_seconds: isFirstRegion ? change.leadTimeSeconds : null,
    anomaly: change.anomaly,
    coding_seconds: change.codingSeconds,
    pickup_seconds: change.pickupSeconds,
    review_seconds: change.reviewSeconds,
    merge_to_deploy_seconds: change.mergeToDeploySeconds,
    deploy_seconds: change.deploySeconds,
    paths_unknown: change.pathsUnknown,
  };
}

function time(milliseconds: number | null | undefined): string | null {
  return milliseconds == null ? null : new Date(milliseconds).toISOString();
}

async function saveColumns(
  trx: Transaction<Database>,
  { service, environment }: StreamName,
  rows: readonly FactRow<"deployments">[],
): Promise<string[]> {
  const names = Object.keys(rows[0] ?? {}).filter((name) => name !== "id");
  if (names.length === 0) return [];
  const stored = sql.join(names.map((name) => sql.ref(`d.${name}`)));
  const derived = sql.join(names.map((name) => sql.ref(`n.${name}`)));
  const assigned = sql.join(names.map((name) => sql`${sql.ref(name)} = ${sql.ref(`n.${name}`)}`));
  const { rows: written } = await sql<{ id: string }>`
    with n as materialized (
      select * from json_populate_recordset(null::deployments, ${JSON.stringify(rows)}::json)
    ),
    changed as (
      select d.id from deployments d join n on n.id = d.id
      where d.service = ${service} and d.environment = ${environment}
        and (${stored}) is distinct from (${derived})
      order by d.id
      for update of d
    )
    update deployments d set ${assigned}
    from n join changed on changed.id = n.id
    where d.id = n.id
    returning d.id`.execute(trx);
  return written.map((row) => row.id);
}

const changeColumns = [
  "service",
  "environment",
  "tier",
  "team",
  "finished_at",
  "lead_seconds",
  "anomaly",
  "coding_seconds",
  "pickup_seconds",
  "review_seconds",
  "merge_to_deploy_seconds",
  "deploy_seconds",
  "paths_unknown",
] as const;

async function saveChanges(
  trx: Transaction<Database>,
  { service, environment }: StreamName,
  rows: readonly FactRow<"deployment_changes">[],
): Promise<string[]> {
  const stored = sql.join(changeColumns.map((name) => sql.ref(`c.${name}`)));
  const derived = sql.join(changeColumns.map((name) => sql.ref(`excluded.${name}`)));
  const assigned = sql.join(
    changeColumns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`),
  );
  const { rows: written } = await sql<{ id: string }>`
    with placed as materialized (
      select n.deployment_id, n.repository, n.revision, d.service, d.environment, d.tier, d.team,
        d.at as finished_at, n.lead_seconds, n.anomaly, n.coding_seconds, n.pickup_seconds,
        n.review_seconds, n.merge_to_deploy_seconds, n.deploy_seconds, n.paths_unknown
      from json_populate_recordset(null::deployment_changes, ${JSON.stringify(rows)}::json) n
      join deployments d on d.id = n.deployment_id
      where d.service = ${service} and d.environment = ${environment}
    ),
    gone as (
      delete from deployment_changes c using deployments d
      where d.id = c.deployment_id and d.service = ${service} and d.environment = ${environment}
        and not exists (
          select from placed p where p.deployment_id = c.deployment_id
            and p.repository = c.repository and p.revision = c.revision)
      returning c.deployment_id as id
    ),
    put as (
      insert into deployment_changes as c (
        deployment_id, repository, revision, service, environment, tier, team, finished_at,
        lead_seconds, anomaly, coding_seconds, pickup_seconds, review_seconds,
        merge_to_deploy_seconds, deploy_seconds, paths_unknown)
      select * from placed
      on conflict (deployment_id, repository, revision) do update set ${assigned}
      where (${stored}) is distinct from (${derived})
      returning deployment_id as id
    )
    select id from gone union select id from put`.execute(trx);
  return written.map((row) => row.id);
}
