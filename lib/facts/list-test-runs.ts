import type { Selectable } from "kysely";
import { z } from "zod";
import type { TestRunsTable } from "@/db/schema/attempts";
import type { Context } from "@/lib/context";
import { iso, providerKey, secondsBetween } from "@/lib/deployments/deployment-answer";
import { attemptStatuses } from "@/lib/facts/types";
import { type Page, sourceReference, time } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";
import { is, isCountedRun, isFlakyRun } from "@/lib/pipelines/counted";
import { inPipelineScope, scopeOf } from "@/lib/pipelines/scope";

export const testRunAnswer = z.object({
  id: z.string(),
  repository: z.string(),
  revision: z.string().nullable(),
  branch: z.string().nullable(),
  name: z.string().nullable(),
  status: z.enum(attemptStatuses),
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  durationSeconds: z.number().nullable(),
  tests: z.number().int().nullable(),
  failed: z.number().int().nullable(),
  skipped: z.number().int().nullable(),
  flaky: z.number().int().nullable(),
  coverage: z.number().nullable(),
  sources: z.array(sourceReference),
});
export type TestRunAnswer = z.infer<typeof testRunAnswer>;

export interface TestRunFilter {
  repository?: string[];
  team?: string[];
  branch?: string[];
  name?: string[];
  /** Those that the trends of pipelines count, and of these the flaky ones. */
  counted?: boolean;
  flaky?: boolean;
  status?: string[];
  from?: Date;
  to?: Date;
  cursor?: string;
  limit: number;
}

/** Test runs newest first, a page at a time. */
export async function listTestRuns(
  context: Context,
  filter: TestRunFilter,
): Promise<Page<TestRunAnswer>> {
  const scope = await inPipelineScope(context, scopeOf(filter));
  let query = context.db.selectFrom("test_runs").selectAll().where(scope);
  if (filter.counted !== undefined) query = query.where(is(isCountedRun, filter.counted));
  if (filter.flaky !== undefined) query = query.where(is(isFlakyRun, filter.flaky));
  if (filter.status) query = query.where("status", "in", filter.status);
  if (filter.from) query = query.where("at", ">=", filter.from);
  if (filter.to) query = query.where("at", "<", filter.to);
  if (filter.cursor) query = query.where(olderThan(decodeCursor(filter.cursor)));
  const rows = await query
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(filter.limit + 1)
    .execute();
  return page(rows, filter.limit, (row) => row, testRunFields);
}

function testRunFields(row: Selectable<TestRunsTable>): TestRunAnswer {
  return {
    id: row.id,
    repository: row.repository,
    revision: row.revision,
    branch: row.branch,
    name: row.name,
    status: row.status as TestRunAnswer["status"],
    startedAt: iso(row.started_at),
    finishedAt: iso(row.finished_at),
    durationSeconds: secondsBetween(row.started_at, row.finished_at),
    tests: row.tests,
    failed: row.failed,
    skipped: row.skipped,
    flaky: row.flaky,
    coverage: row.coverage,
    sources: [{ source: row.source, key: providerKey(row.source, row.key) }],
  };
}
