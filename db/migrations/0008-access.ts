import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await people(db);
  await credentials(db);
  await settings(db);
  await audit(db);
}

async function people(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table people (
      id text primary key,
      name text not null,
      email text,
      role text not null check (role in ('viewer', 'editor', 'admin')),
      created_at timestamptz not null,
      disabled_at timestamptz,
      last_seen_at timestamptz
    )`.execute(db);
  // Who someone is at an issuer; an e-mail address is never the key, since issuers reassign them.
  await sql`
    create table identities (
      issuer text not null,
      subject text not null,
      person_id text not null references people on delete cascade,
      password_hash text,
      created_at timestamptz not null,
      primary key (issuer, subject)
    )`.execute(db);
  await sql`create index identities_by_person on identities (person_id)`.execute(db);
  await sql`
    create table team_members (
      team text not null,
      person_id text not null references people on delete cascade,
      role text not null check (role in ('viewer', 'editor', 'admin')),
      primary key (team, person_id)
    )`.execute(db);
  await sql`create index team_members_by_person on team_members (person_id)`.execute(db);
  await sql`
    create table invitations (
      id text primary key,
      token_hash bytea not null unique,
      note text not null,
      role text not null check (role in ('viewer', 'editor', 'admin')),
      teams jsonb not null,
      invited_by text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      accepted_at timestamptz,
      accepted_by text,
      withdrawn_at timestamptz
    )`.execute(db);
  await sql`create index invitations_by_time on invitations (created_at desc, id desc)`.execute(db);
  await sql`
    create table sessions (
      id text primary key,
      token_hash bytea not null unique,
      person_id text not null references people on delete cascade,
      issuer text not null,
      address text,
      user_agent text,
      created_at timestamptz not null,
      last_seen_at timestamptz not null,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`create index sessions_by_person on sessions (person_id)`.execute(db);
}

async function credentials(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table set_up_tokens (
      token_hash bytea primary key,
      purpose text not null check (purpose in ('first_admin', 'recovery')),
      expires_at timestamptz not null
    )`.execute(db);
  // One of a person: a further one takes its place.
  await sql`
    create table password_links (
      token_hash bytea primary key,
      person_id text not null unique references people on delete cascade,
      made_by text not null,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`
    create table throttles (
      key bytea primary key,
      failures integer not null,
      since timestamptz not null,
      blocked_until timestamptz
    )`.execute(db);
  // A sign-in with a provider ends once: its state is kept until it would have expired.
  await sql`
    create table used_states (
      state_hash bytea primary key,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`
    create table tokens (
      id text primary key,
      name text not null unique,
      prefix text not null,
      token_hash bytea not null unique,
      previous_hash bytea unique,
      previous_valid_until timestamptz,
      scopes text[] not null,
      reach_kind text check (reach_kind in ('source', 'team', 'service')),
      reach_name text,
      created_by text not null,
      created_at timestamptz not null,
      expires_at timestamptz,
      last_used_at timestamptz,
      revoked_at timestamptz,
      check ((reach_kind is null) = (reach_name is null))
    )`.execute(db);
}

async function settings(db: Kysely<unknown>): Promise<void> {
  // A removed source keeps its row: what it sent still bears its name.
  await sql`
    create table configured_sources (
      name text primary key,
      provider text not null,
      auth text not null,
      username text,
      header text,
      sealed_secrets bytea[] not null,
      created_by text not null,
      created_at timestamptz not null,
      rotated_at timestamptz,
      removed_at timestamptz
    )`.execute(db);
  // Asked before a name is given away: what bears it was sent by another.
  await sql`create index series_by_source on series (source)`.execute(db);
  await sql`
    create table configured_teams (
      name text primary key,
      timezone text not null,
      created_at timestamptz not null
    )`.execute(db);
  await sql`
    create table configured_services (
      name text primary key,
      repository text,
      team text,
      depends_on text[] not null,
      paths text[] not null,
      deployments text[] not null,
      created_at timestamptz not null
    )`.execute(db);
  await sql`
    create table configured_engines (
      name text primary key,
      url text not null,
      sealed_credential bytea,
      created_at timestamptz not null
    )`.execute(db);
}

async function audit(db: Kysely<unknown>): Promise<void> {
  // Its own words rather than a text search configuration: names and addresses are not prose.
  // A word is cut at 200 letters, since the index takes none above 2 KB.
  await sql`
    create function search_words(text text) returns text[] immutable language sql as $$
      select array_remove(
        regexp_split_to_array(
          regexp_replace(lower(left(text, 20000)), '([[:alnum:]]{200})', '\\1 ', 'g'),
          '[^[:alnum:]]+'),
        '')
    $$`.execute(db);
  await sql`
    create table audit (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      actor_kind text not null,
      actor text not null,
      actor_id text,
      action text not null,
      subject_kind text,
      subject text,
      address text,
      details jsonb not null,
      words tsvector not null generated always as (array_to_tsvector(search_words(
        actor || ' ' || action || ' ' || coalesce(subject, '') || ' ' || coalesce(address, '')
          || ' ' || details::text))) stored
    )`.execute(db);
  await sql`create index audit_by_time on audit (at desc, id desc)`.execute(db);
  await sql`create index audit_by_actor on audit (actor, at desc, id desc)`.execute(db);
  await sql`create index audit_by_actor_id on audit (actor_id, at desc, id desc)`.execute(db);
  await sql`create index audit_by_action on audit (action, at desc, id desc)`.execute(db);
  await sql`create index audit_by_subject on audit (subject, at desc, id desc)`.execute(db);
  await sql`create index audit_by_words on audit using gin (words)`.execute(db);
  await sql`
    create function refuse_audit_change() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit is append-only' using errcode = 'insufficient_privilege';
    end $$`.execute(db);
  await sql`
    create trigger audit_is_append_only before update or delete or truncate on audit
    for each statement execute function refuse_audit_change()`.execute(db);
  // Always: a session that replays as a replica does passes over ordinary triggers.
  await sql`alter table audit enable always trigger audit_is_append_only`.execute(db);
}
