import type { Selectable } from "kysely";
import type { BuildsTable } from "@/db/schema/attempts";
import { reachFor, repositoryWithin } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { iso, providerKey, secondsBetween } from "@/lib/deployments/deployment-answer";
import type { Page } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";
import type { BuildAnswer } from "@/lib/http/fact-answers";

export interface BuildFilter {
  repository?: string[];
  branch?: string[];
  status?: string[];
  revision?: string;
  from?: Date;
  to?: Date;
  cursor?: string;
  limit: number;
}

/** Builds newest first (finish, then start, then queued), a page at a time. */
export async function listBuilds(
  context: Context,
  filter: BuildFilter,
): Promise<Page<BuildAnswer>> {
  const within = await reachFor(context, filter);
  let query = context.db.selectFrom("builds").selectAll();
  if (within) query = query.where(repositoryWithin(within));
  if (filter.repository) query = query.where("repository", "in", filter.repository);
  if (filter.branch) query = query.where("branch", "in", filter.branch);
  if (filter.status) query = query.where("status", "in", filter.status);
  if (filter.revision) query = query.where("revision", "=", filter.revision);
  if (filter.from) query = query.where("at", ">=", filter.from);
  if (filter.to) query = query.where("at", "<", filter.to);
  if (filter.cursor) query = query.where(olderThan(decodeCursor(filter.cursor)));
  const rows = await query
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(filter.limit + 1)
    .execute();
  return page(rows, filter.limit, (row) => row, buildAnswer);
}

export function buildAnswer(row: Selectable<BuildsTable>): BuildAnswer {
  return {
    id: row.id,
    repository: row.repository,
    branch: row.branch,
    revision: row.revision,
    name: row.name,
    attempt: row.attempt,
    status: row.status as BuildAnswer["status"],
    queuedAt: iso(row.queued_at),
    startedAt: iso(row.started_at),
    finishedAt: iso(row.finished_at),
    durationSeconds: secondsBetween(row.started_at, row.finished_at),
    artifact: row.artifact,
    url: row.url,
    fallback: row.fallback,
    stages: row.stages as BuildAnswer["stages"],
    sources: [{ source: row.source, key: providerKey(row.source, row.key) }],
  };
}
