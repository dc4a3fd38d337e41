import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { ShippedBefore } from "@/lib/deployments/past";
import { type BeforeSeam, isBefore } from "@/lib/deployments/window/read-earlier";
import { publicId, pullRequestKey } from "@/lib/facts/keys";

interface Revision {
  repository: string;
  revision: string;
}

/** What shipped before the seam of these revisions. */
export async function readShipped(
  db: Kysely<Database>,
  before: BeforeSeam,
  revisions: readonly Revision[],
): Promise<ShippedBefore[]> {
  if (revisions.length === 0) return [];
  const { rows } = await sql<ShippedBefore>`
    with named as (
      select distinct * from unnest(
        ${revisions.map(({ repository }) => repository)}::text[],
        ${revisions.map(({ revision }) => revision)}::text[]) as named (repository, revision)
    )
    select c.deployment_id as deployment, c.repository, c.revision, t.original, 'change' as role
    from named
    join deployment_changes c on c.repository = named.repository and c.revision = named.revision
    join deployments d on d.id = c.deployment_id
    left join deployment_traces t on t.deployment_id = c.deployment_id
      and t.repository = c.repository and t.revision = c.revision
    where ${isBefore(before)}
    union all
    select t.deployment_id, t.repository, t.revision, t.original, t.role
    from named
    join deployment_traces t on t.repository = named.repository and t.revision = named.revision
    join deployments d on d.id = t.deployment_id
    where ${isBefore(before)} and t.role <> 'change'`.execute(db);
  return rows;
}

/** These commits and whatever says that it was picked from one of them. */
export async function withPicks(
  db: Kysely<Database>,
  originals: readonly Revision[],
): Promise<Revision[]> {
  if (originals.length === 0) return [];
  const { rows } = await sql<Revision>`
    select distinct t.repository, t.revision
    from unnest(
      ${originals.map(({ repository }) => repository)}::text[],
      ${originals.map(({ revision }) => revision)}::text[]) as named (repository, revision)
    join deployment_traces t on t.repository = named.repository and t.original = named.revision`.execute(
    db,
  );
  return [...originals, ...rows];
}

/** The revisions that shipped anywhere and begin like these, which are hexadecimal digits or whole. */
export async function beginningLike(
  db: Kysely<Database>,
  beginnings: readonly Revision[],
): Promise<Revision[]> {
  if (beginnings.length === 0) return [];
  const { rows } = await sql<Revision>`
    select found.repository, found.revision
    from unnest(
      ${beginnings.map(({ repository }) => repository)}::text[],
      ${beginnings.map(({ revision }) => revision)}::text[]) as named (repository, beginning),
    lateral (
      select repository, revision from deployment_changes
      where repository = named.repository
        and revision >= named.beginning and revision <= named.beginning || 'g'
      union
      select repository, revision from deployment_traces
      where repository = named.repository
        and revision >= named.beginning and revision <= named.beginning || 'g'
    ) found`.execute(db);
  return rows;
}

/** The revisions that a pull request may have brought. */
export async function ofPullRequests(
  db: Kysely<Database>,
  pullRequests: readonly { repository: string; number: number }[],
): Promise<Revision[]> {
  if (pullRequests.length === 0) return [];
  const ids = pullRequests.map(({ repository, number }) =>
    publicId("pull_request", pullRequestKey(repository, number)),
  );
  const { rows } = await sql<Revision>`
    select p.repository, r.revision
    from pull_requests p
    cross join lateral (
      select p.merge_revision as revision union select p.head_revision
      union select unnest(u.commits) from pushes u
        where u.repository = p.repository and u.after = p.merge_revision
    ) r
    where p.id = any(${ids}::text[]) and r.revision is not null`.execute(db);
  return rows;
}

/** The revisions that shipped before the seam with such a title; git's own reverts name a commit, so few come here. */
export async function titled(
  db: Kysely<Database>,
  before: BeforeSeam,
  titles: readonly { repository: string; title: string }[],
): Promise<Revision[]> {
  if (titles.length === 0) return [];
  const { rows } = await sql<Revision>`
    select distinct shipped.repository, shipped.revision
    from deployments d
    cross join lateral (
      select repository, revision from deployment_changes where deployment_id = d.id
      union select repository, revision from deployment_traces where deployment_id = d.id
    ) shipped
    join commits c on c.repository = shipped.repository and c.revision = shipped.revision
    join unnest(
      ${titles.map(({ repository }) => repository)}::text[],
      ${titles.map(({ title }) => title)}::text[]) as named (repository, title)
      on named.repository = c.repository and strpos(c.message, named.title) > 0
    where ${isBefore(before)}`.execute(db);
  return rows;
}
