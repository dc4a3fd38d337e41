import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Revision } from "@/lib/facts/edges";

/**
 * These revisions and those that are told otherwise because of them: picks of
 * them, and merges of pull requests whose branch they were pushed to.
 */
export async function concernedBy(
  trx: Transaction<Database>,
  revisions: readonly Revision[],
): Promise<Revision[]> {
  const concerned = new Map(revisions.map((revision) => [nameOf(revision), revision]));
  let fresh = [...concerned.values()];
  while (fresh.length > 0) {
    const next = [...(await picksOf(trx, fresh)), ...(await mergesOf(trx, fresh))];
    fresh = next.filter((revision) => !concerned.has(nameOf(revision)));
    for (const revision of fresh) concerned.set(nameOf(revision), revision);
  }
  return [...concerned.values()];
}

function nameOf({ repository, revision }: Revision): string {
  return `${repository}@${revision}`;
}

/** Commits that say they were picked from one of these. */
async function picksOf(
  trx: Transaction<Database>,
  revisions: readonly Revision[],
): Promise<Revision[]> {
  const { rows } = await sql<Revision>`
    select c.repository, c.revision
    from ${listOf(revisions)}
    cross join lateral (
      select * from commits
      where repository = told.repository and picked_from(message) collate "C" = told.revision
        and message like '%(cherry picked from commit %' offset 0) c`.execute(trx);
  return rows;
}

/**
 * A pull request's merge takes its time and its size from what was pushed to its
 * branch, less what had been on the base branch: the first to be merged after a push
 * has its commits. What else was merged by one push tells a rebase from a squash.
 */
async function mergesOf(
  trx: Transaction<Database>,
  revisions: readonly Revision[],
): Promise<Revision[]> {
  const { rows } = await sql<Revision>`
    select p.repository, p.merge_revision as revision
    from ${listOf(revisions)}
    cross join lateral (
      select * from pushes
      where commits @> array[told.revision] and repository = told.repository offset 0) u
    join pull_requests p on p.repository = u.repository and p.branch = u.branch
    where p.merge_revision is not null and (p.merged_at is null or p.merged_at = (
      select min(o.merged_at) from pull_requests o
      where o.repository = u.repository and o.branch = u.branch and o.merged_at >= u.pushed_at))
    union
    select u.repository, u.after
    from ${listOf(revisions)}
    cross join lateral (
      select * from pushes
      where commits @> array[told.revision] and repository = told.repository offset 0) u
    join pull_requests p on p.repository = u.repository and p.merge_revision = u.after`.execute(
    trx,
  );
  return rows;
}

function listOf(revisions: readonly Revision[]) {
  return sql`unnest(
    ${revisions.map(({ repository }) => repository)}::text[],
    ${revisions.map(({ revision }) => revision)}::text[]) as told (repository, revision)`;
}
