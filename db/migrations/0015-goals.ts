import { type Kysely, sql } from "kysely";

/** What a team wants one of its metrics to be, and by when; those of pushline.yaml are not here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table configured_goals (
      id text primary key,
      team text not null,
      metric text not null,
      target double precision not null,
      due_on date not null,
      created_at timestamptz not null,
      created_by text not null,
      unique (team, metric)
    )`.execute(db);
}
