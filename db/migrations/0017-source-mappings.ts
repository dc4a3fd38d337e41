import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  // Kept when its source goes: what that sent is read by it in every rebuild.
  await sql`
    create table source_mappings (
      source text primary key,
      rules jsonb not null,
      /** As it was written in settings, comments and all; null where pushline.yaml has it. */
      written text,
      saved_at timestamptz not null
    )`.execute(db);
}
