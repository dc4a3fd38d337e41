import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table deliveries (
      id bigint generated always as identity primary key,
      source text not null,
      provider text not null,
      event text not null,
      dedupe_key bytea not null,
      headers jsonb not null,
      body bytea not null,
      actor text,
      received_at timestamptz not null,
      outcome text not null default 'pending' check (outcome in ('pending', 'accepted', 'ignored', 'failed')),
      error_code text,
      error text,
      facts jsonb not null default '[]',
      projected_at timestamptz
    )`.execute(db);
  await sql`create unique index deliveries_dedupe on deliveries (dedupe_key)`.execute(db);
  await sql`create index deliveries_pending on deliveries (id) where outcome = 'pending'`.execute(
    db,
  );
  await sql`create index deliveries_by_outcome on deliveries (outcome, id desc)`.execute(db);
  await sql`create index deliveries_by_source on deliveries (source, id desc)`.execute(db);
  await sql`create index deliveries_projected on deliveries (projected_at) where projected_at is not null`.execute(
    db,
  );
  await sql`
    create table statements (
      delivery_id bigint not null references deliveries (id),
      ordinal integer not null,
      noun text not null,
      key text not null,
      fact_id text not null,
      as_of text not null,
      time_from_receipt boolean not null default false,
      members jsonb not null,
      primary key (delivery_id, ordinal)
    )`.execute(db);
  await sql`create index statements_by_fact on statements (fact_id)`.execute(db);
}
