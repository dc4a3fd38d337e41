import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table work_progress (
      work text primary key check (work in ('rebuild', 'rules')),
      phase text not null,
      done bigint not null,
      total bigint not null,
      /** What the work goes on with; for its own use. */
      place jsonb not null,
      started_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(db);
}
