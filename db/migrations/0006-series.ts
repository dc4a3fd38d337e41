import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table series (
      id bigint generated always as identity primary key,
      source text not null,
      service text not null,
      environment text not null,
      metric text not null,
      unit text not null,
      shape text not null,
      labels jsonb not null,
      identity bytea not null,
      last_at timestamptz
    )`.execute(db);
  await sql`create unique index series_identity on series (identity)`.execute(db);
  await sql`create index series_by_service on series (service, environment, metric)`.execute(db);
  await sql`
    create table series_head (
      series_id bigint not null,
      at timestamptz not null,
      value double precision not null,
      primary key (series_id, at)
    )`.execute(db);
  await sql`
    create table series_chunks (
      series_id bigint not null,
      hour timestamptz not null,
      samples integer not null,
      payload bytea not null,
      primary key (series_id, hour)
    )`.execute(db);
}
