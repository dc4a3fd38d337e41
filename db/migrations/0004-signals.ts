import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table releases (
      id text primary key,
      source text not null,
      key text not null,
      raw_service text,
      raw_environment text,
      service text not null,
      environment text not null,
      tier text not null,
      team text,
      repository text,
      revision text,
      subject text not null,
      flag text,
      percent double precision,
      enabled boolean,
      version text,
      title text,
      author text,
      at timestamptz not null,
      url text
    )`.execute(db);
  await sql`create index releases_by_time on releases (at desc, id desc)`.execute(db);
  await sql`create index releases_by_service on releases (service, at desc)`.execute(db);
  await sql`
    create table alerts (
      id text primary key,
      source text not null,
      key text not null,
      raw_service text,
      raw_environment text,
      service text,
      environment text,
      tier text,
      team text,
      name text not null,
      severity text,
      started_at timestamptz not null,
      ended_at timestamptz,
      labels jsonb not null default '{}',
      summary text,
      url text,
      declared_incident text,
      incident_id text
    )`.execute(db);
  await sql`create index alerts_by_time on alerts (started_at desc, id desc)`.execute(db);
  await sql`create index alerts_by_stream on alerts (service, environment, started_at)`.execute(db);
  await sql`create index alerts_by_incident on alerts (incident_id)`.execute(db);
  await sql`
    create table declared_incidents (
      id text primary key,
      source text not null,
      key text not null,
      raw_service text,
      raw_environment text,
      service text,
      environment text,
      tier text,
      team text,
      repository text,
      title text not null,
      severity text,
      opened_at timestamptz not null,
      acknowledged_at timestamptz,
      resolved_at timestamptz,
      cause text,
      url text
    )`.execute(db);
  await sql`create index declared_incidents_by_stream on declared_incidents (service, environment, opened_at)`.execute(
    db,
  );
  await sql`
    create table incidents (
      id text primary key,
      title text not null,
      service text,
      environment text,
      tier text,
      team text,
      severity text,
      opened_at timestamptz not null,
      acknowledged_at timestamptz,
      resolved_at timestamptz,
      first_sign_at timestamptz not null,
      url text,
      declared_cause text,
      members text[] not null,
      sources jsonb not null default '[]'
    )`.execute(db);
  await sql`create index incidents_by_time on incidents (opened_at desc, id desc)`.execute(db);
  await sql`create index incidents_by_stream on incidents (service, environment, opened_at)`.execute(
    db,
  );
  await sql`create index incidents_by_member on incidents using gin (members)`.execute(db);
  await sql`create index incidents_open on incidents (opened_at desc) where resolved_at is null`.execute(
    db,
  );
  await sql`
    create table verdicts (
      incident_id text primary key,
      verdict text,
      changes jsonb not null default '[]',
      rejected jsonb not null default '[]',
      note text,
      actor text not null,
      at timestamptz not null
    )`.execute(db);
  await sql`create index verdicts_by_change on verdicts using gin (changes jsonb_path_ops)`.execute(
    db,
  );
  await sql`
    create table corrections (
      deployment_id text primary key,
      kind text,
      failed boolean,
      note text not null,
      actor text not null,
      at timestamptz not null
    )`.execute(db);
  await sql`
    create table assessments (
      incident_id text not null,
      occasion text not null,
      assessed_at timestamptz not null,
      model text not null,
      suspects jsonb not null,
      primary key (incident_id, occasion)
    )`.execute(db);
}
