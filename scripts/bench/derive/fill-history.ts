import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { makeHeights } from "@/lib/facts/heights";

/** The revision at a place of a repository's main line, as the fill names it. */
export function nameOf(repository: string, place: number): string {
  return createHash("sha256").update(`${repository} ${place}`).digest("hex").slice(0, 40);
}

/**
 * A main line of so many commits, an hour apart, every tenth the merge of a branch
 * that left five commits before, with the pushes and pull requests that tell of it.
 */
export async function fillHistory(
  db: Kysely<Database>,
  repository: string,
  commits: number,
): Promise<void> {
  const name = (place: ReturnType<typeof sql>) =>
    sql`left(encode(sha256(convert_to(${repository} || ' ' || (${place})::text, 'UTF8')), 'hex'), 40)`;
  const at = sql`timestamptz '2026-11-01' - make_interval(hours => ${commits}::int - i)`;
  await sql`
    insert into commits (id, repository, revision, parents, paths, authored_at, committed_at, message)
    select ${repository} || ' ' || i, ${repository}, ${name(sql`i`)},
      case when i = 0 then array[]::text[]
        when i % 10 = 0 then array[${name(sql`i - 1`)}, ${name(sql`i - 5`)}]
        else array[${name(sql`i - 1`)}] end,
      array['src/' || i % 97 || '.ts'], ${at}, ${at}, 'Change ' || i
    from generate_series(0, ${commits}::int - 1) as i`.execute(db);
  await sql`
    insert into revision_edges
    select repository, revision, coalesce(parent, ''), 'commit', id
    from commits left join lateral unnest(parents) as parent on true
    where repository = ${repository}`.execute(db);
  await sql`
    insert into pushes (id, repository, branch, before, after, forced, created, complete, commits, pushed_at)
    select ${repository} || ' push ' || i, ${repository}, 'main', null, ${name(sql`i + 9`)},
      false, false, true, array(select ${name(sql`j`)} from generate_series(i, i + 9) as j), ${at}
    from generate_series(0, ${commits}::int - 1, 10) as i`.execute(db);
  await sql`
    insert into pull_requests (id, repository, number, branch, base_branch, merge_revision, opened_at, merged_at)
    select ${repository} || ' request ' || i, ${repository}, i + 1, 'branch-' || i, 'main',
      ${name(sql`i`)}, ${at}, ${at}
    from generate_series(0, ${commits}::int - 1, 10) as i`.execute(db);
  await db.transaction().execute(makeHeights);
  await sql`analyze`.execute(db);
}
