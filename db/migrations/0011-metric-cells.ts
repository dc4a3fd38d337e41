import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await cells(db);
  await ranks(db);
  await lists(db);
}

/** Cells are derived: those of before go, and are counted anew when asked for. */
async function cells(db: Kysely<unknown>): Promise<void> {
  await sql`drop table metric_cells`.execute(db);
  await sql`
    create table metric_places (
      id integer generated always as identity primary key,
      scope text not null check (scope in ('all', 'team', 'service')),
      scope_name text not null,
      environment text not null,
      timezone text not null,
      unique (scope, scope_name, environment, timezone)
    )`.execute(db);
  await sql`
    create table metric_cells (
      place_id integer not null,
      part text not null check (part in ('tally', 'stages')),
      period text not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      dirty boolean not null,
      claim uuid,
      figures text,
      histograms text,
      primary key (place_id, part, period, starts_at)
    )`.execute(db);
  await sql`create index metric_cells_dirty on metric_cells (place_id) where dirty`.execute(db);
}

async function ranks(db: Kysely<unknown>): Promise<void> {
  // Neighbouring brackets differ by 0.25 %; lib/metrics/histogram.ts says what they are for.
  await sql`
    create function log_bracket(seconds double precision) returns integer
    language sql immutable parallel safe
    return floor(ln(greatest(seconds, 0.001::double precision)) * 404)::integer`.execute(db);
  await sql`
    create index deployment_changes_by_bracket
    on deployment_changes (log_bracket(lead_seconds), finished_at)
    include (lead_seconds, tier, environment, service, team)
    where lead_seconds is not null`.execute(db);
  await sql`
    create index deployments_by_recovery_bracket
    on deployments (log_bracket(recovery_seconds), at)
    include (recovery_seconds, tier, environment, service, team)
    where failed and counted and tier = 'production' and kind not in ('rollback', 'redeploy')
      and restored_at is not null and recovery_seconds is not null`.execute(db);
  await sql`drop index deployment_changes_by_time`.execute(db);
  await sql`
    create index deployment_changes_by_time on deployment_changes (tier, finished_at)
    include (lead_seconds, anomaly, environment, service, team)`.execute(db);
}

/** The few among many: without them a page of failures reads all deployments between. */
async function lists(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index deployments_by_remedy on deployments using gin (remedies jsonb_path_ops)
    where failed`.execute(db);
  await sql`
    create index deployments_failed_by_service on deployments (service, at desc, id desc)
    where failed`.execute(db);
  await sql`
    create index deployments_failed_by_team on deployments (team, at desc, id desc)
    where failed`.execute(db);
  await sql`
    create index deployments_rework on deployments (at desc, id desc) where rework`.execute(db);
  await sql`
    create index deployments_rework_by_service on deployments (service, at desc, id desc)
    where rework`.execute(db);
  await sql`
    create index deployments_rework_by_team on deployments (team, at desc, id desc)
    where rework`.execute(db);
  await sql`
    create index deployments_by_author on deployments (author, at desc, id desc)
    where author is not null`.execute(db);
}
