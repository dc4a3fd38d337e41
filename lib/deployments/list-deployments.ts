import { sql } from "kysely";
import { reachFor, serviceWithin, type Within } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { type DeploymentRow, deploymentAnswer } from "@/lib/deployments/deployment-answer";
import { withoutOutsideIncidents } from "@/lib/deployments/outside-incidents";
import { readChanges } from "@/lib/deployments/read-changes";
import type { DeploymentAnswer, Page } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";

export interface DeploymentFilter {
  service?: string[];
  environment?: string[];
  team?: string[];
  tier?: string[];
  kind?: string[];
  status?: string[];
  /** Failed deployments, failed attempts not included. */
  failed?: boolean;
  withdrawn?: boolean;
  author?: string[];
  /** Deployments that are counted: completed, other than rollbacks and redeploys. */
  counted?: boolean;
  rework?: boolean;
  /** An exact version or the beginning of a revision. */
  search?: string;
  from?: Date;
  to?: Date;
  cursor?: string;
  limit: number;
}

const changesShown = 20;

/** Deployments newest first (finish, then start, then what is known), a page at a time. */
export async function listDeployments(
  context: Context,
  filter: DeploymentFilter,
): Promise<Page<DeploymentAnswer>> {
  const within = await reachFor(context, filter);
  const rows = await selectPage(context, filter, within);
  const { items, nextCursor } = page(
    rows,
    filter.limit,
    (row) => row,
    (row) => row,
  );
  const changes = await readChanges(
    context.db,
    items.map((row) => row.id),
    changesShown,
  );
  const answers = items.map((row) => deploymentAnswer(row, changes.get(row.id) ?? []));
  return { items: await withoutOutsideIncidents(context.db, within, answers), nextCursor };
}

function selectPage(
  context: Context,
  filter: DeploymentFilter,
  within: Within | null,
): Promise<DeploymentRow[]> {
  let query = context.db.selectFrom("deployments").selectAll();
  if (within) query = query.where(serviceWithin(within));
  if (filter.service) query = query.where("service", "in", filter.service);
  if (filter.environment) query = query.where("environment", "in", filter.environment);
  if (filter.team) query = query.where("team", "in", filter.team);
  if (filter.tier) query = query.where("tier", "in", filter.tier);
  if (filter.kind) query = query.where("kind", "in", filter.kind);
  if (filter.status) query = query.where("status", "in", filter.status);
  if (filter.author) query = query.where("author", "in", filter.author);
  if (filter.failed !== undefined) query = query.where("failed", "=", filter.failed);
  if (filter.withdrawn !== undefined) query = query.where("withdrawn", "=", filter.withdrawn);
  if (filter.rework !== undefined) query = query.where("rework", "=", filter.rework);
  if (filter.counted !== undefined)
    query = query.where(
      sql<boolean>`(completed and counted and kind not in ('rollback', 'redeploy'))`,
      "=",
      filter.counted,
    );
  if (filter.search) {
    const search = filter.search;
    query = query.where((where) =>
      where.or([
        where("version", "=", search),
        where(sql<boolean>`starts_with(revision, ${search})`, "=", true),
      ]),
    );
  }
  if (filter.from) query = query.where("at", ">=", filter.from);
  if (filter.to) query = query.where("at", "<", filter.to);
  if (filter.cursor) query = query.where(olderThan(decodeCursor(filter.cursor)));
  return query
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(filter.limit + 1)
    .execute();
}
