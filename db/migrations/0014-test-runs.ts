import { type Kysely, sql } from "kysely";

/** The cases worth naming of each test run, and what the trends of builds and tests look up. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index test_runs_by_time`.execute(db);
  await sql`
    alter table test_runs
      add column cases jsonb not null default '[]',
      add column at timestamptz generated always as (coalesce(finished_at, started_at, 'epoch')) stored`.execute(
    db,
  );
  await sql`create index test_runs_by_time on test_runs (at desc, id desc)`.execute(db);
  await sql`create index test_runs_by_repository on test_runs (lower(repository), at)`.execute(db);
  await sql`create index test_runs_by_revision on test_runs (repository, revision)`.execute(db);
  await sql`create index builds_by_repository on builds (lower(repository), at)`.execute(db);
}
