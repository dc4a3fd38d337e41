import { type Kysely, sql } from "kysely";

/** Objectives set up in settings, the counts kept ready for them, and when a main branch was red. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table configured_objectives (
      id text primary key,
      indicator text not null,
      scope text not null check (scope in ('all', 'team', 'service', 'repository')),
      scope_name text not null,
      threshold_seconds double precision,
      target double precision not null,
      window_days integer not null,
      created_at timestamptz not null
    )`.execute(db);
  await counts(db);
  await mainBranches(db);
  await indexes(db);
}

async function counts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table slo_measures (
      id bigint generated always as identity primary key,
      key text not null unique,
      indicator text not null,
      scope text not null,
      names text[] not null
    )`.execute(db);
  // One UTC day of a measure, while it is being counted with a claim; the hours serve windows that begin or end within the day.
  await sql`
    create table slo_cells (
      measure_id bigint not null,
      day date not null,
      dirty boolean not null default true,
      n integer not null default 0,
      good integer not null default 0,
      hours integer[] not null default '{}',
      good_hours integer[] not null default '{}',
      claim text,
      primary key (measure_id, day)
    )`.execute(db);
}

async function mainBranches(db: Kysely<unknown>): Promise<void> {
  // Whether the provider says that this is the default branch; null: by its name.
  await sql`alter table builds add column default_branch boolean`.execute(db);
  await sql`
    create table main_branches (
      repository text not null,
      branch text not null,
      newest_at timestamptz,
      dirty_from timestamptz,
      marked bigint not null default 0,
      primary key (repository, branch)
    )`.execute(db);
  await sql`create index main_branches_dirty on main_branches (dirty_from) where dirty_from is not null`.execute(
    db,
  );
  await sql`
    create table main_breaks (
      id text primary key, -- of the build that broke it
      repository text not null,
      branch text not null,
      began_at timestamptz not null,
      revision text,
      green_revision text,
      mended_at timestamptz,
      mended_build_id text,
      mended_revision text
    )`.execute(db);
  await sql`create index main_breaks_by_branch on main_breaks (repository, branch, began_at)`.execute(
    db,
  );
  await sql`create index main_breaks_by_time on main_breaks (began_at desc, id desc)`.execute(db);
  await sql`
    insert into main_branches (repository, branch, dirty_from, marked)
    select distinct repository, branch, timestamptz 'epoch', 1 from builds
    where branch in ('main', 'master') and finished_at is not null`.execute(db);
}

async function indexes(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index builds_measured on builds (at desc, id desc) include (repository, started_at, finished_at)
    where status in ('succeeded', 'failed') and started_at is not null and finished_at is not null`.execute(
    db,
  );
  await sql`
    create index builds_measured_of_repository on builds (lower(repository), at desc, id desc)
    where status in ('succeeded', 'failed') and started_at is not null and finished_at is not null`.execute(
    db,
  );
  await sql`
    create index builds_of_main on builds (repository, branch, at, id)
    where status in ('succeeded', 'failed') and finished_at is not null
      and coalesce(default_branch, branch in ('main', 'master'))`.execute(db);
}
