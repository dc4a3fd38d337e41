import type { Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { saveById, sourceOf } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";
import type { Stage } from "@/lib/facts/types";

/** Saves builds; answers the public ids that changed. */
export function saveBuilds(
  trx: Transaction<Database>,
  facts: readonly Merged<"build">[],
): Promise<Set<string>> {
  return saveById(trx, "builds", facts, ({ id, key, fact: { members } }) => ({
    id,
    source: sourceOf(key),
    key,
    repository: members.repository,
    branch: members.branch ?? null,
    revision: members.revision ?? null,
    name: members.name,
    attempt: members.attempt ?? null,
    status: members.status,
    queued_at: members.queuedAt ?? null,
    started_at: members.startedAt ?? null,
    finished_at: members.finishedAt ?? null,
    artifact: members.artifact ?? null,
    url: members.url ?? null,
    fallback: members.fallback ?? false,
    stages: Object.values(members.stages ?? {}).sort(byStart),
  }));
}

/** As they ran; those that have not started come last. */
function byStart(a: Stage, b: Stage): number {
  const one = `${a.startedAt ?? "~"} ${a.name}`;
  const other = `${b.startedAt ?? "~"} ${b.name}`;
  return one < other ? -1 : 1;
}
