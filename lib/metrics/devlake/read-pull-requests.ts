import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { ShippedPullRequest } from "@/lib/metrics/devlake/lead-time";
import { type DevlakeScope, deployedIn, placedIn, projectOf } from "@/lib/metrics/devlake/project";

export interface Window {
  from: Date;
  to: Date;
}

/** The shipped pull requests of a window, by their finish. */
export async function readShippedPullRequests(
  db: Kysely<Database>,
  scope: DevlakeScope,
  window: Window,
): Promise<ShippedPullRequest[]> {
  const { rows } = await sql<ShippedPullRequest>`
    select first_commit_at as "firstCommitAt", opened_at as "openedAt", merged_at as "mergedAt",
      at as "finishedAt"
    from (${shippedPullRequests(scope, window)}) as shipped order by at`.execute(db);
  return rows;
}

/**
 * The merged pull requests whose first successful production deployment in their project
 * finished in the window, each with the change and the deployment that shipped it. A first
 * deployment has no change set, so it ships none. A merge commit is no change of ours: its
 * pull request is found by its head. A first commit that the pull request does not tell is
 * as derivation found it by the branch.
 */
export function shippedPullRequests(
  scope: DevlakeScope,
  { from, to }: Window,
): RawBuilder<unknown> {
  const ofProject =
    scope.services.length > 0
      ? sql<boolean>`true`
      : sql<boolean>`d.team is not distinct from candidates.project`;
  return sql`
    with candidates as (
      select distinct ${projectOf(scope, "c")} as project, c.repository, c.revision,
        p.id, p.number, p.opened_at, p.merged_at,
        coalesce(p.first_commit_at, p.opened_at - make_interval(secs => c.coding_seconds))
          as first_commit_at
      from deployment_changes c
      join lateral (
        select * from pull_requests m
          where m.repository = c.repository and m.merge_revision = c.revision
        union
        select * from pull_requests h
          where h.repository = c.repository and h.head_revision = c.revision
      ) p on p.merged_at is not null
      where c.tier = 'production' and ${placedIn(scope, "c")}
        and c.finished_at >= ${from} and c.finished_at < ${to}
    ), shipped as (
      select distinct on (project, id) candidates.*, earliest.at, earliest.deployment_id
      from candidates
      join lateral (
        select d.at, d.id as deployment_id
        from deployment_changes c join deployments d on d.id = c.deployment_id
        where c.repository = candidates.repository and c.revision = candidates.revision
          and ${deployedIn(scope)} and ${ofProject}
        order by d.at, d.id limit 1
      ) earliest on true
      order by project, id, earliest.at, first_commit_at, revision
    )
    select * from shipped where at >= ${from} and at < ${to}`;
}
