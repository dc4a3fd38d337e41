import { type Selectable, sql } from "kysely";
import type { BuildsTable } from "@/db/schema/attempts";
import type { Context } from "@/lib/context";
import { iso, providerKey, secondsBetween } from "@/lib/deployments/deployment-answer";
import type { Page } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";
import type { BuildAnswer } from "@/lib/http/fact-answers";
import { is, isCountedBuild, isFlakyBuild } from "@/lib/pipelines/counted";
import { inPipelineScope, scopeOf } from "@/lib/pipelines/scope";

export interface BuildFilter {
  repository?: string[];
  team?: string[];
  branch?: string[];
  name?: string[];
  /** Those that the trends of pipelines count, and of these the flaky ones. */
  counted?: boolean;
  flaky?: boolean;
  status?: string[];
  revision?: string;
  /** Of which a stage so called ended; of which it failed. */
  stage?: string[];
  failedIn?: string[];
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
  const scope = await inPipelineScope(context, scopeOf(filter));
  let query = context.db.selectFrom("builds").selectAll().where(scope);
  if (filter.counted !== undefined) query = query.where(is(isCountedBuild, filter.counted));
  if (filter.flaky !== undefined) query = query.where(is(isFlakyBuild, filter.flaky));
  if (filter.status) query = query.where("status", "in", filter.status);
  if (filter.revision) query = query.where("revision", "=", filter.revision);
  if (filter.stage) query = query.where(hasStage(filter.stage, ["succeeded", "failed"]));
  if (filter.failedIn) query = query.where(hasStage(filter.failedIn, ["failed"]));
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

/** As the stages of the trends are counted: those that succeeded or failed. */
function hasStage(names: readonly string[], statuses: readonly string[]) {
  return sql<boolean>`exists (
    select from jsonb_array_elements(builds.stages) as stage
    where stage ->> 'name' = any(${[...names]}::text[]) and stage ->> 'status' = any(${[...statuses]}::text[]))`;
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
