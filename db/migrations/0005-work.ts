import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table streams (
      service text not null,
      environment text not null,
      dirty_from timestamptz,
      marked bigint not null default 0,
      derived_at timestamptz,
      primary key (service, environment)
    )`.execute(db);
  await sql`create index streams_dirty on streams (dirty_from) where dirty_from is not null`.execute(
    db,
  );
  await sql`
    create table metric_cells (
      scope text not null check (scope in ('all', 'team', 'service')),
      scope_name text not null,
      environment text not null,
      timezone text not null,
      bucket text not null check (bucket in ('day', 'week', 'month')),
      starts_at timestamptz not null,
      dirty boolean not null default true,
      figures jsonb,
      primary key (scope, scope_name, environment, timezone, bucket, starts_at)
    )`.execute(db);
  await sql`
    create table live_outbox (
      id bigint generated always as identity primary key,
      topic text not null,
      payload jsonb not null,
      at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`
    create table live_positions (
      position bigint primary key,
      topic text not null,
      payload jsonb not null,
      at timestamptz not null
    )`.execute(db);
  await sql`create index live_positions_by_time on live_positions (at)`.execute(db);
  await sql`
    create table instance_settings (
      name text primary key,
      value text not null
    )`.execute(db);
}
