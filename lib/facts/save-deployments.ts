import type { Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import { reportedSpan } from "@/lib/deployments/merge-reports";
import { placeDeployment } from "@/lib/facts/place";
import { type Regrouped, regroupReports } from "@/lib/facts/regroup-reports";
import { type FactRow, type Standing, sourceOf, stands, upsertRows } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";

export interface SavedDeployments extends Regrouped {
  /** The natural keys of the reports that came, changed or went. */
  keys: string[];
}

/**
 * Saves what is reported of deployments, in the stream that the rules give it, and makes
 * them one where reports of several sources are of one. `separated`: public ids of reports
 * of which a person has said anew whether they stand apart.
 */
export async function saveDeployments(
  trx: Transaction<Database>,
  config: Config,
  facts: readonly Merged<"deployment">[],
  separated: readonly string[],
): Promise<SavedDeployments> {
  const rows = facts.filter(stands).map((fact) => reportRow(config, fact));
  // A report is a deployment of its own until another is found to be of the same.
  const written = await upsertRows(trx, "deployment_reports", rows, ["id"], ["deployment_id"]);
  const gone = await deleteReports(
    trx,
    facts.filter((fact) => !stands(fact)).map((fact) => fact.id),
  );
  const changed = new Set([...written, ...gone.map(({ id }) => id)]);
  const regrouped = await regroupReports(
    trx,
    config,
    [...new Set([...written, ...separated])],
    gone.map((report) => report.deployment_id),
  );
  return { ...regrouped, keys: facts.flatMap(({ id, key }) => (changed.has(id) ? key : [])) };
}

async function deleteReports(
  trx: Transaction<Database>,
  ids: readonly string[],
): Promise<{ id: string; deployment_id: string }[]> {
  if (ids.length === 0) return [];
  return trx
    .deleteFrom("deployment_reports")
    .where("id", "in", ids)
    .returning(["id", "deployment_id"])
    .execute();
}

function reportRow(config: Config, merged: Standing<"deployment">): FactRow<"deployment_reports"> {
  const { id, key, fact } = merged;
  const { members } = fact;
  const place = placeDeployment(config, members);
  const at = members.finishedAt ?? members.startedAt ?? members.queuedAt ?? fact.asOf;
  return {
    id,
    deployment_id: id,
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
    at,
    ...spanRow(members, at),
  };
}

function spanRow(members: Standing<"deployment">["fact"]["members"], at: string) {
  const { beginsAt, endsAt } = reportedSpan({
    status: members.status ?? "queued",
    queued_at: timeOf(members.queuedAt),
    started_at: timeOf(members.startedAt),
    finished_at: timeOf(members.finishedAt),
    at: new Date(at),
  });
  return { begins_at: new Date(beginsAt), ends_at: new Date(endsAt) };
}

function timeOf(time: string | null | undefined): Date | null {
  return time == null ? null : new Date(time);
}
