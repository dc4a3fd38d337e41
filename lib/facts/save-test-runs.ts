import type { Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { keptCases } from "@/lib/facts/kept-cases";
import { saveById, sourceOf } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";

/** Saves test runs; answers the public ids that changed. */
export function saveTestRuns(
  trx: Transaction<Database>,
  facts: readonly Merged<"test_run">[],
): Promise<Set<string>> {
  return saveById(trx, "test_runs", facts, ({ id, key, fact: { members } }) => ({
    id,
    source: sourceOf(key),
    key,
    repository: members.repository,
    revision: members.revision ?? null,
    branch: members.branch ?? null,
    name: members.name ?? null,
    status: members.status,
    started_at: members.startedAt ?? null,
    finished_at: members.finishedAt ?? null,
    tests: members.tests ?? null,
    failed: members.failed ?? null,
    skipped: members.skipped ?? null,
    flaky: members.flaky ?? null,
    coverage: members.coverage ?? null,
    cases: keptCases(Object.values(members.cases ?? {})),
  }));
}
