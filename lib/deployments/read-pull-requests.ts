import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { type BranchCommits, readBranchCommits } from "@/lib/deployments/read-branch-commits";
import type { KnownChange } from "@/lib/deployments/types";

type PullRequest = NonNullable<KnownChange["pullRequest"]>;

interface PullRequestRow {
  revision: string;
  id: string;
  number: number;
  first_commit_at: Date | null;
  opened_at: Date | null;
  first_review_at: Date | null;
  merged_at: Date | null;
  merge_revision: string | null;
  /** How many the push of its merge listed beside it, the merges of other pull requests left out. */
  merged_along: number | null;
}

/** Which pull request brought a commit: its merge, its head, or the push of its merge lists it. */
export async function readPullRequests(
  db: Kysely<Database>,
  repository: string,
  revisions: readonly string[],
): Promise<Map<string, PullRequest>> {
  if (revisions.length === 0) return new Map();
  const { rows } = await sql<PullRequestRow>`
    with asked as materialized (select unnest(${[...revisions]}::text[]) as revision),
    brought as (
      select asked.revision, 1 as nearness, p.*
      from asked cross join lateral (
        select * from pull_requests
        where repository = ${repository} and merge_revision = asked.revision offset 0) p
      union all
      select asked.revision, 2, p.*
      from asked cross join lateral (
        select * from pull_requests
        where repository = ${repository} and head_revision = asked.revision offset 0) p
      union all
      select asked.revision, 3, p.*
      from asked
      -- The commit alone finds few pushes; with the repository beside it Postgres may read all of that.
      cross join lateral (
        select u.repository, u.after, u.branch from pushes u
        where u.commits @> array[asked.revision] offset 0) u
      cross join lateral (
        select * from pull_requests
        where repository = ${repository} and merge_revision = u.after and base_branch = u.branch
        offset 0) p
      where u.repository = ${repository}
    )
    select distinct on (p.revision) p.revision, p.id, p.number, p.first_commit_at, p.opened_at,
      p.first_review_at, p.merged_at, p.merge_revision, along.count as merged_along
    from brought p
    left join lateral (
      select count(distinct c.revision) as count
      from pushes u cross join unnest(u.commits) as c (revision)
      where p.nearness = 1 and u.repository = ${repository} and u.after = p.merge_revision
        and u.branch = p.base_branch and c.revision <> p.merge_revision
        and not exists (
          select from pull_requests o
          where o.repository = ${repository} and o.merge_revision = c.revision)
    ) along on true
    order by p.revision, p.nearness, p.number`.execute(db);
  const branches = await readBranchCommits(
    db,
    repository,
    rows.flatMap((row) => (row.first_commit_at === null || row.merged_along ? row.id : [])),
  );
  return new Map(rows.map((row) => [row.revision, toPullRequest(row, branches.get(row.number))]));
}

function toPullRequest(row: PullRequestRow, branch: BranchCommits | undefined): PullRequest {
  return {
    number: row.number,
    firstCommitAt: row.first_commit_at?.getTime() ?? branch?.firstAuthoredAt ?? null,
    openedAt: row.opened_at?.getTime() ?? null,
    firstReviewAt: row.first_review_at?.getTime() ?? null,
    mergedAt: row.merged_at?.getTime() ?? null,
    mergeRevision: row.merge_revision,
    // One commit merged along with others of another's is a squash all the same.
    rebased: (row.merged_along ?? 0) > 0 && branch?.count !== 1,
  };
}
