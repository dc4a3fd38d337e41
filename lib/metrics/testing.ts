import { type Insertable, type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { DeploymentsTable } from "@/db/schema/attempts";

let serial = 0;

/** A derived deployment as derivation would leave it, for tests of what reads them. */
export function deploymentRow(
  row: Partial<Insertable<DeploymentsTable>> & { at: Date },
): Insertable<DeploymentsTable> {
  serial += 1;
  const id = row.id ?? `deployment-${serial}`;
  return {
    id,
    source: "test",
    key: `test/${id}`,
    status: "succeeded",
    queued_at: null,
    started_at: new Date(row.at.getTime() - 60_000),
    finished_at: row.at,
    url: null,
    raw_service: "checkout",
    raw_environment: "production",
    service: "checkout",
    environment: "production",
    tier: "production",
    rollout_group: null,
    team: "payments",
    repository: "acme/checkout",
    branch: "main",
    revision: `revision-${serial}`,
    version: null,
    artifact: null,
    declared_kind: null,
    hotfix: false,
    declared_failed: null,
    lane: "standard",
    strategy: null,
    steps: "[]",
    approvals: "[]",
    author: "ana",
    description: null,
    time_from_receipt: false,
    members: [id],
    completed: true,
    kind: "deploy",
    derived_kind: "deploy",
    previous: null,
    changes_known: true,
    change_count: 1,
    failure_reason: null,
    failure_incident: null,
    first_sign_at: null,
    detect_seconds: null,
    decide_seconds: null,
    remedy_seconds: null,
    confirm_seconds: null,
    restored_at: null,
    recovery_seconds: null,
    held_by: null,
    ...row,
  };
}

/** Each with the one report that it is of. */
export async function insertDeployments(
  db: Kysely<Database>,
  rows: readonly Insertable<DeploymentsTable>[],
): Promise<void> {
  await db
    .insertInto("deployments")
    .values([...rows])
    .execute();
  const ids = rows.map(({ id }) => id);
  await sql`
    insert into deployment_reports (id, deployment_id, source, key, status, queued_at, started_at,
      finished_at, raw_environment, service, environment, tier, team, repository, revision,
      version, artifact, at)
    select id, id, source, key, status, queued_at, started_at, finished_at, raw_environment,
      service, environment, tier, team, repository, revision, version, artifact, at
    from deployments where id = any(${ids}::text[])`.execute(db);
}

/** Ships one change per lead time with the deployment. */
export async function shipChanges(
  db: Kysely<Database>,
  deployment: Insertable<DeploymentsTable>,
  leadSeconds: readonly (number | null)[],
): Promise<void> {
  await db
    .insertInto("deployment_changes")
    .values(
      leadSeconds.map((lead_seconds, index) => ({
        deployment_id: deployment.id,
        repository: "acme/checkout",
        revision: `${deployment.id}-change-${index}`,
        service: deployment.service,
        environment: deployment.environment,
        tier: deployment.tier,
        team: deployment.team ?? null,
        finished_at: deployment.at,
        lead_seconds,
        anomaly: false,
        coding_seconds: null,
        pickup_seconds: null,
        review_seconds: null,
        merge_to_deploy_seconds: null,
        deploy_seconds: null,
        paths_unknown: false,
      })),
    )
    .execute();
}
