import { type Kysely, sql } from "kysely";

/**
 * Histories are of more than repositories: of projects, jobs, applications, services.
 * And beside a history, what was sent and never arrived can be asked for again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table backfills rename column repository to subject`.execute(db);
  await sql`
    alter table backfills add column kind text not null default 'history'
    check (kind in ('history', 'missed'))`.execute(db);
  await sql`alter table backfills alter column kind drop default`.execute(db);
  await sql`drop index backfills_under_way`.execute(db);
  await sql`
    create unique index backfills_under_way on backfills (source, kind, lower(subject))
    where state in ('running', 'paused', 'failed')`.execute(db);
  // Rewritten here and not by SQL: a page that waits in it may hold \u0000.
  const { rows } = await sql<Kept>`select id, progress from backfills`.execute(db);
  for (const { id, progress } of rows)
    if (progress.found)
      await sql`
        update backfills set progress = ${JSON.stringify({ ...progress, found: foundOf(progress.found) })}
        where id = ${id}`.execute(db);
}

interface Kept {
  id: string;
  progress: { found: { repository: string; branch: string } | null };
}

function foundOf({ repository, branch }: { repository: string; branch: string }) {
  return { subject: repository, details: { branch } };
}
