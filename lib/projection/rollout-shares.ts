import { type RawBuilder, type Selectable, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { DeploymentsTable } from "@/db/schema/attempts";
import { countRollouts, type RolloutMember } from "@/lib/deployments/count-rollouts";
import { orderAttempts } from "@/lib/deployments/order";
import type { StoredStream } from "@/lib/deployments/read-stream";
import type { DerivedDeployment } from "@/lib/deployments/types";
import type { RolloutShare } from "@/lib/facts/derived-rows";
import type { DeploymentKind } from "@/lib/facts/types";

export interface RolloutShares {
  /** By public id; what is not there stands alone. */
  shares: ReadonlyMap<string, RolloutShare>;
  /** Earlier deployments of the stream whose share is another now, by public id. */
  outgrown: string[];
}

type Stored = Pick<
  Selectable<DeploymentsTable>,
  "id" | "environment" | "rollout_group" | "kind" | "at" | "failed" | "counted"
> &
  Pick<Selectable<DeploymentsTable>, "repository" | "revision" | "artifact" | "version">;

/**
 * The shares of a stream's later deployments in rollouts over the regions of their
 * group. Other regions, and what came before, count as they were last derived: a
 * change there marks this stream, and the other way round.
 */
export async function rolloutShares(
  trx: Transaction<Database>,
  stream: StoredStream,
  derived: readonly DerivedDeployment[],
): Promise<RolloutShares> {
  const own = ownMembers(stream, derived);
  const grouped = own.filter(({ rolloutGroup }) => rolloutGroup !== null);
  if (grouped.length === 0) return { shares: new Map(), outgrown: [] };
  const others = await readOthers(trx, stream, grouped);
  const shares = new Map<string, RolloutShare>();
  const members = [...own, ...others.map(memberOf)];
  for (const { counted, failedMember, members: ids } of countRollouts(members))
    for (const id of ids)
      shares.set(id, { counted: id === (failedMember ?? counted), first: id === counted });
  const outgrown = others
    .filter(({ environment }) => environment === stream.environment)
    .filter(({ id, counted }) => shares.get(id)?.counted !== counted);
  return { shares, outgrown: outgrown.map(({ id }) => id) };
}

function ownMembers(
  { environment, deployments }: StoredStream,
  derived: readonly DerivedDeployment[],
): RolloutMember[] {
  const attempts = new Map(
    orderAttempts(deployments, []).map((ordered) => [ordered.attempt.id, ordered]),
  );
  return derived.flatMap(({ id, completed, kind, failed }) => {
    const ordered = attempts.get(id);
    if (!ordered || !completed || !kind) return [];
    return [{ ...ordered.attempt, environment, kind, failed, at: ordered.at }];
  });
}

/** What the rollouts of these members are made of beside the stream's own later part. */
async function readOthers(
  trx: Transaction<Database>,
  { service, deployments }: StoredStream,
  members: readonly RolloutMember[],
): Promise<Stored[]> {
  const groups = [...new Set(members.flatMap(({ rolloutGroup }) => rolloutGroup ?? []))];
  const revisions = [...new Set(members.flatMap(({ revision }) => revision ?? []))];
  const known = deployments.map(({ id }) => id);
  const whole = await hasBareCode(trx, service, groups);
  return trx
    .selectFrom("deployments")
    .select(["id", "environment", "rollout_group", "kind", "at", "failed", "counted"])
    .select(["repository", "revision", "artifact", "version"])
    .where("service", "=", service)
    .where(sql<boolean>`rollout_group = any(${groups}::text[])`)
    .where(whole ? sql<boolean>`true` : sql<boolean>`revision = any(${revisions}::text[])`)
    .where(sql<boolean>`not (id = any(${known}::text[]))`)
    .where("completed", "=", true)
    .where("kind", "is not", null)
    .execute();
}

/** Code without a revision is told from other code pair by pair, so then every member is needed. */
async function hasBareCode(
  trx: Transaction<Database>,
  service: string,
  groups: readonly string[],
): Promise<boolean> {
  const isBare: RawBuilder<{ bare: boolean }> = sql`
    select exists (
      select from deployments
      where service = ${service} and revision is null
        and rollout_group = any(${[...groups]}::text[])) as bare`;
  const { rows } = await isBare.execute(trx);
  return rows[0]?.bare ?? false;
}

function memberOf({ rollout_group, at, kind, ...row }: Stored): RolloutMember {
  return { ...row, rolloutGroup: rollout_group, kind: kind as DeploymentKind, at: at.getTime() };
}
