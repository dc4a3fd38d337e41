import type { Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import { placeDeployment } from "@/lib/facts/place";
import { type Placed, savePlaced } from "@/lib/facts/save-placed";
import { deleteRows, type FactRow, type Standing, sourceOf, stands } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";

/** Saves what is reported of deployments, in the stream that the rules give them. */
export async function saveDeployments(
  trx: Transaction<Database>,
  config: Config,
  facts: readonly Merged<"deployment">[],
): Promise<Placed[]> {
  const places = await savePlaced(trx, "deployments", facts, (fact) => deploymentRow(config, fact));
  const gone = facts.filter((fact) => !stands(fact)).map((fact) => fact.id);
  await deleteRows(trx, "deployment_changes", "deployment_id", gone);
  await deleteRows(trx, "deployment_traces", "deployment_id", gone);
  return places;
}

function deploymentRow(config: Config, merged: Standing<"deployment">): FactRow<"deployments"> {
  const { id, key, fact } = merged;
  const { members } = fact;
  const place = placeDeployment(config, members);
  return {
    id,
    source: sourceOf(key),
    key,
    status: members.status,
    queued_at: members.queuedAt ?? null,
    started_at: members.startedAt ?? null,
    finished_at: members.finishedAt ?? null,
    url: members.url ?? null,
    raw_service: members.service ?? null,
    raw_environment: members.environment,
    service: place.service,
    environment: place.environment,
    tier: place.tier,
    rollout_group: place.group,
    team: place.team,
    repository: place.repository,
    branch: members.branch ?? null,
    revision: members.revision ?? null,
    version: members.version ?? null,
    artifact: members.artifact ?? null,
    declared_kind: members.kind ?? null,
    hotfix: members.hotfix ?? false,
    declared_failed: members.failed ?? null,
    lane: members.lane ?? "standard",
    strategy: members.strategy ?? null,
    steps: members.steps ?? [],
    approvals: members.approvals ?? [],
    author: members.author ?? null,
    description: members.description ?? null,
    time_from_receipt: fact.timeFromReceipt,
    at: members.finishedAt ?? members.startedAt ?? members.queuedAt ?? fact.asOf,
  };
}
