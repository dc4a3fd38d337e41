import { type Kysely, sql } from "kysely";

/**
 * Several sources may report one deployment: what each says, and which deployment it is
 * of. Every deployment so far is its own report; without the kept setting the rules are
 * applied anew, which saves every report again and joins those that are of one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table deployment_reports (
      id text primary key,
      deployment_id text not null,
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
      begins_at timestamptz,
      ends_at timestamptz
    )`.execute(db);
  await sql`
    insert into deployment_reports
    select id, id, source, key, status, queued_at, started_at, finished_at, url, raw_service,
      raw_environment, service, environment, tier, rollout_group, team, repository, branch,
      revision, version, artifact, declared_kind, hotfix, declared_failed, lane, strategy, steps,
      approvals, author, description, time_from_receipt, at
    from deployments`.execute(db);
  await sql`create index deployment_reports_by_deployment on deployment_reports (deployment_id)`.execute(
    db,
  );
  // By time, of which few reports share any; one revision may be deployed for years.
  await sql`
    create index deployment_reports_by_span on deployment_reports
    using gist (tstzrange(begins_at, ends_at, '[]')) where begins_at is not null`.execute(db);
  await sql`alter table deployments add column members text[] not null default '{}'`.execute(db);
  await sql`update deployments set members = array[id]`.execute(db);
  await sql`delete from instance_settings where name = 'rules'`.execute(db);
  await sql`delete from work_progress where work = 'rules'`.execute(db);
}
