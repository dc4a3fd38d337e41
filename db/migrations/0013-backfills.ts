import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  // json and not jsonb: what an API answered may hold \u0000, which jsonb refuses.
  await sql`
    create table backfills (
      id text primary key,
      provider text not null,
      source text not null,
      repository text not null,
      api text not null,
      since timestamptz,
      sealed_token bytea,
      state text not null check (state in ('running', 'paused', 'stopped', 'done', 'failed')),
      progress json not null,
      attempts integer not null,
      next_at timestamptz,
      error text,
      lease_holder text,
      lease_until timestamptz,
      created_by text not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      finished_at timestamptz
    )`.execute(db);
  // Two at once of one history would only ask for everything twice.
  await sql`
    create unique index backfills_under_way on backfills (source, lower(repository))
    where state in ('running', 'paused', 'failed')`.execute(db);
  await sql`create index backfills_by_time on backfills (created_at desc, id desc)`.execute(db);
}
