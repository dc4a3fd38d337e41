import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import {
  type BranchedPullRequest,
  type BranchPush,
  branchCommits,
} from "@/lib/deployments/branch-commits";

/** What the pushes to its branch tell of a pull request. */
export interface BranchCommits {
  /** Of its own commits; 0 where no push tells of any. */
  count: number;
  /** When the first of them was authored, in epoch milliseconds. */
  firstAuthoredAt: number | null;
}

/** By number, of the pull requests with these public ids. */
export async function readBranchCommits(
  db: Kysely<Database>,
  repository: string,
  ids: readonly string[],
): Promise<Map<number, BranchCommits>> {
  const requests = await readRequests(db, ids);
  if (requests.length === 0) return new Map();
  const pushes = await readBranchPushes(db, repository, requests);
  const pushed = [...new Set(pushes.flatMap(({ commits }) => commits))];
  const onBase = await readBasePushes(db, repository, requests, pushed);
  // The earlier ones first: those that were asked for themselves are told of last.
  const own = branchCommits([...requests.flatMap(earlierOf), ...requests], [...pushes, ...onBase]);
  const authored = await readAuthored(db, repository, pushed);
  return new Map(
    requests.map(({ number }) => {
      const commits = own.get(number) ?? [];
      const times = commits.flatMap((revision) => authored.get(revision) ?? []);
      const firstAuthoredAt = times.length > 0 ? times.reduce((a, b) => Math.min(a, b)) : null;
      return [number, { count: commits.length, firstAuthoredAt }];
    }),
  );
}

interface Request extends BranchedPullRequest {
  /** The latest of the same branch that was merged before. */
  earlier: { number: number; mergedAt: number } | null;
}

async function readRequests(db: Kysely<Database>, ids: readonly string[]): Promise<Request[]> {
  const { rows } = await sql<{
    number: number;
    branch: string;
    base_branch: string | null;
    merged_at: Date | null;
    closed_at: Date | null;
    earlier_number: number | null;
    earlier_merged_at: Date | null;
  }>`
    select p.number, p.branch, p.base_branch, p.merged_at, p.closed_at,
      earlier.number as earlier_number, earlier.merged_at as earlier_merged_at
    from pull_requests p
    left join lateral (
      select o.number, o.merged_at from pull_requests o
      where o.repository = p.repository and o.branch = p.branch and o.number <> p.number
        and o.merged_at < coalesce(p.merged_at, 'infinity')
      order by o.merged_at desc limit 1
    ) earlier on true
    where p.id = any(${[...new Set(ids)]}::text[]) and p.branch is not null`.execute(db);
  return rows.map((row) => ({
    number: row.number,
    branch: row.branch,
    baseBranch: row.base_branch,
    mergedAt: row.merged_at?.getTime() ?? null,
    closedAt: row.closed_at?.getTime() ?? null,
    earlier:
      row.earlier_number !== null && row.earlier_merged_at
        ? { number: row.earlier_number, mergedAt: row.earlier_merged_at.getTime() }
        : null,
  }));
}

function earlierOf({ earlier, ...request }: Request): BranchedPullRequest[] {
  return earlier ? [{ ...request, ...earlier }] : [];
}

async function readBranchPushes(
  db: Kysely<Database>,
  repository: string,
  requests: readonly Request[],
): Promise<BranchPush[]> {
  const time = (at: number | null | undefined) => (at == null ? null : new Date(at).toISOString());
  const { rows } = await sql<PushRow>`
    select distinct u.id, u.branch, u.pushed_at, u.commits
    from unnest(
      ${requests.map(({ branch }) => branch)}::text[],
      ${requests.map(({ earlier }) => time(earlier?.mergedAt))}::timestamptz[],
      ${requests.map(({ mergedAt, closedAt }) => time(mergedAt ?? closedAt))}::timestamptz[]
    ) as own (branch, since, until)
    join pushes u on u.repository = ${repository} and u.branch = own.branch
      and u.pushed_at > coalesce(own.since, '-infinity')
      and u.pushed_at <= coalesce(own.until, 'infinity')`.execute(db);
  return rows.map(toPush);
}

/** Only those that list one of the commits. */
async function readBasePushes(
  db: Kysely<Database>,
  repository: string,
  requests: readonly Request[],
  commits: readonly string[],
): Promise<BranchPush[]> {
  if (commits.length === 0) return [];
  const bases = [...new Set(requests.flatMap(({ baseBranch }) => baseBranch ?? []))];
  const { rows } = await sql<PushRow>`
    select distinct u.id, u.branch, u.pushed_at, u.commits
    from unnest(${[...commits]}::text[]) as own (revision)
    cross join lateral (
      select * from pushes where commits @> array[own.revision] offset 0) u
    where u.repository = ${repository} and u.branch = any(${bases}::text[])`.execute(db);
  return rows.map(toPush);
}

interface PushRow {
  branch: string;
  pushed_at: Date;
  commits: string[];
}

function toPush({ branch, pushed_at, commits }: PushRow): BranchPush {
  return { branch, pushedAt: pushed_at.getTime(), commits };
}

async function readAuthored(
  db: Kysely<Database>,
  repository: string,
  revisions: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ revision: string; authored_at: Date }>`
    select c.revision, c.authored_at
    from unnest(${[...revisions]}::text[]) as own (revision)
    join commits c on c.repository = ${repository} and c.revision = own.revision
    where c.authored_at is not null`.execute(db);
  return new Map(rows.map((row) => [row.revision, row.authored_at.getTime()]));
}
