import { type Kysely, sql } from "kysely";

/** What people say is not one, though the rules join it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table separations (
      kind text not null check (kind in ('deployment', 'incident')),
      member_id text not null,
      apart boolean not null,
      note text,
      actor text not null,
      at timestamptz not null,
      primary key (kind, member_id)
    )`.execute(db);
}
