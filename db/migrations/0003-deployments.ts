import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table deployments (
      id text primary key,
      source text not null,
      key text not null,
      status text not null,
      queued_at timestamptz,
      started_at timestamptz,
      finished_at timestamptz,
      url text,
      raw_service text,
      raw_environment text not null,
      service text not null,
      environment text not null,
      tier text not null,
      rollout_group text,
      team text,
      repository text,
      branch text,
      revision text,
      version text,
      artifact text,
      declared_kind text,
      hotfix boolean not null default false,
      declared_failed boolean,
      lane text not null default 'standard',
      strategy text,
      steps jsonb not null default '[]',
      approvals jsonb not null default '[]',
      author text,
      description text,
      time_from_receipt boolean not null default false,
      at timestamptz not null,

      completed boolean not null default false,
      kind text,
      derived_kind text,
      previous text,
      changes_known boolean,
      change_count integer,
      failed boolean not null default false,
      failed_attempt boolean not null default false,
      failed_remedy boolean not null default false,
      withdrawn boolean not null default false,
      rework boolean not null default false,
      failure_reason text,
      failure_incident text,
      first_sign_at timestamptz,
      detect_seconds double precision,
      decide_seconds double precision,
      remedy_seconds double precision,
      confirm_seconds double precision,
      restored_at timestamptz,
      recovery_seconds double precision,
      held_by text,
      remedies jsonb not null default '[]',
      reasons jsonb not null default '[]',
      counted boolean not null default true
    )`.execute(db);
  await sql`create index deployments_by_stream on deployments (service, environment, at, id)`.execute(
    db,
  );
  await sql`create index deployments_by_time on deployments (at desc, id desc)`.execute(db);
  await sql`create index deployments_by_service_time on deployments (service, at desc, id desc)`.execute(
    db,
  );
  await sql`create index deployments_by_team_time on deployments (team, at desc, id desc)`.execute(
    db,
  );
  await sql`create index deployments_by_tier_time on deployments (tier, at desc, id desc)`.execute(
    db,
  );
  await sql`create index deployments_by_revision on deployments (repository, revision)`.execute(db);
  await sql`create index deployments_failed on deployments (at desc, id desc) where failed`.execute(
    db,
  );
  await sql`create index deployments_unfinished on deployments (at desc) where status in ('queued', 'running')`.execute(
    db,
  );
  await sql`
    create table deployment_changes (
      deployment_id text not null,
      repository text not null,
      revision text not null,
      service text not null,
      environment text not null,
      tier text not null,
      team text,
      finished_at timestamptz not null,
      lead_seconds double precision,
      anomaly boolean not null default false,
      coding_seconds double precision,
      pickup_seconds double precision,
      review_seconds double precision,
      merge_to_deploy_seconds double precision,
      deploy_seconds double precision,
      paths_unknown boolean not null default false,
      primary key (deployment_id, repository, revision)
    )`.execute(db);
  await sql`create index deployment_changes_by_revision on deployment_changes (repository, revision)`.execute(
    db,
  );
  await sql`create index deployment_changes_by_time on deployment_changes (tier, finished_at) include (lead_seconds, service, team)`.execute(
    db,
  );
  await sql`create index deployment_changes_by_service on deployment_changes (service, finished_at) include (lead_seconds, tier)`.execute(
    db,
  );
}
