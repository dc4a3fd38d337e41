import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { countRollouts, type RolloutMember } from "@/lib/deployments/count-rollouts";
import type { StoredStream, StreamName } from "@/lib/deployments/read-stream";
import type { DerivedDeployment } from "@/lib/deployments/types";
import type { RolloutShare } from "@/lib/facts/derived-rows";
import type { DirtyStream } from "@/lib/facts/mark-dirty";
import type { DeploymentKind } from "@/lib/facts/types";

/**
 * The shares of a stream's deployments in rollouts over the regions of their
 * group, by public id; what is not there stands alone. Other regions count as
 * they were last derived: a change there marks this stream, and the other way round.
 */
export async function rolloutShares(
  trx: Transaction<Database>,
  input: StoredStream,
  derived: readonly DerivedDeployment[],
): Promise<Map<string, RolloutShare>> {
  const groups = groupsOf(input);
  const shares = new Map<string, RolloutShare>();
  if (groups.length === 0) return shares;
  const members = [...ownMembers(input, derived), ...(await readSiblings(trx, input, groups))];
  for (const { counted, failedMember, members: ids } of countRollouts(members))
    for (const id of ids)
      shares.set(id, { counted: id === (failedMember ?? counted), first: id === counted });
  return shares;
}

function groupsOf(input: StoredStream): string[] {
  return [...new Set(input.deployments.flatMap(({ rolloutGroup }) => rolloutGroup ?? []))];
}

function ownMembers(input: StoredStream, derived: readonly DerivedDeployment[]): RolloutMember[] {
  const attempts = new Map(input.deployments.map((attempt) => [attempt.id, attempt]));
  return derived.flatMap(({ id, completed, kind, failed }) => {
    const attempt = attempts.get(id);
    if (!attempt || !completed || !kind) return [];
    const { environment } = input;
    const at = attempt.finishedAt ?? attempt.startedAt ?? attempt.queuedAt ?? 0;
    return [{ ...attempt, environment, kind, failed, at }];
  });
}

async function readSiblings(
  trx: Transaction<Database>,
  { service, environment }: StreamName,
  groups: readonly string[],
): Promise<RolloutMember[]> {
  const rows = await trx
    .selectFrom("deployments")
    .select(["id", "environment", "rollout_group", "kind", "at", "failed"])
    .select(["repository", "revision", "artifact", "version"])
    .where("service", "=", service)
    .where("environment", "<>", environment)
    .where(sql<boolean>`rollout_group = any(${[...groups]}::text[])`)
    .where("completed", "=", true)
    .where("kind", "is not", null)
    .execute();
  return rows.map(({ rollout_group, at, ...row }) => ({
    ...row,
    rolloutGroup: rollout_group,
    kind: row.kind as DeploymentKind,
    at: at.getTime(),
  }));
}

/** The streams of the other regions, where these deployments of a stream changed in a rollout. */
export async function siblingStreams(
  trx: Transaction<Database>,
  { service, environment }: StreamName,
  changed: readonly string[],
): Promise<DirtyStream[]> {
  if (changed.length === 0) return [];
  const { rows } = await sql<DirtyStream>`
    select service, environment, min(at) as "from" from deployments
    where service = ${service} and environment <> ${environment} and rollout_group in (
      select rollout_group from deployments where id = any(${[...changed]}::text[]))
    group by service, environment`.execute(trx);
  return rows;
}
