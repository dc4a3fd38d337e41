import type { Selectable } from "kysely";
import { z } from "zod";
import type { TestRunsTable } from "@/db/schema/attempts";
import { reachFor, repositoryWithin } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { iso, providerKey, secondsBetween } from "@/lib/deployments/deployment-answer";
import { attemptStatuses } from "@/lib/facts/types";
import { type Page, sourceReference, time } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";

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
  name?: string[];
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
  const within = await reachFor(context, filter);
  let query = context.db.selectFrom("test_runs").selectAll();
  if (within) query = query.where(repositoryWithin(within));
  if (filter.repository) query = query.where("repository", "in", filter.repository);
  if (filter.name) query = query.where("name", "in", filter.name);
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
