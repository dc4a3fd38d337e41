import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table replays (
      source text primary key,
      /** Deliveries after the one and up to the other are still to be read. */
      after bigint not null,
      upto bigint not null,
      done bigint not null,
      total bigint not null,
      /** Those that say something else now. */
      changed bigint not null,
      started_at timestamptz not null,
      finished_at timestamptz
    )`.execute(db);
  await sql`alter table work_progress drop constraint work_progress_work_check`.execute(db);
  await sql`
    alter table work_progress add constraint work_progress_work_check
      check (work in ('rebuild', 'rules', 'replay'))`.execute(db);
}
