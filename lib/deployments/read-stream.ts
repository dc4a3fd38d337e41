import { type Kysely, type Selectable, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { DeploymentsTable } from "@/db/schema/attempts";
import type { Config } from "@/lib/config";
import { readStreamIncidents } from "@/lib/deployments/read-stream-incidents";
import type { Attempt, StreamInput, StreamRelease } from "@/lib/deployments/types";
import type { AttemptStatus, DeploymentKind } from "@/lib/facts/types";

/** The stream by name; '' where its signals name no service or no environment. */
export interface StreamName {
  service: string;
  environment: string;
}

/** All that derivation needs of a stream but its graph, and whose commits that is of. */
export type StoredStream = Omit<StreamInput, "graph"> & { repositories: string[] };

/**
 * Everything that derivation needs of one stream but the commits, from the tables as
 * they are now; incidents must have been grouped before. Null where nothing was deployed.
 */
export async function readStream(
  db: Kysely<Database>,
  config: Config,
  { service, environment }: StreamName,
): Promise<StoredStream | null> {
  const attempts = await readAttempts(db, { service, environment });
  const [first] = attempts;
  if (!first) return null;
  const deployments = attempts.map(attemptOf);
  const repositories = new Set(attempts.flatMap(({ repository }) => repository ?? []));
  const incidents = await readStreamIncidents(
    db,
    { service, environment },
    deployments.map((deployment) => deployment.id),
    config.matching.threshold,
  );
  return {
    service,
    environment,
    tier: first.tier,
    deployments,
    incidents,
    releases: await readReleases(db, { service, environment }),
    matchThreshold: config.matching.threshold,
    repositories: [...repositories].sort(),
  };
}

type AttemptRow = Pick<Selectable<DeploymentsTable>, (typeof attemptColumns)[number]> & {
  corrected_kind: string | null;
  corrected_failed: boolean | null;
  correction_note: string | null;
};

const attemptColumns = [
  "id",
  "key",
  "tier",
  "repository",
  "revision",
  "artifact",
  "version",
  "status",
  "declared_kind",
  "hotfix",
  "declared_failed",
  "rollout_group",
  "queued_at",
  "started_at",
  "finished_at",
] as const;

async function readAttempts(db: Kysely<Database>, stream: StreamName): Promise<AttemptRow[]> {
  return db
    .selectFrom("deployments as d")
    .leftJoin("corrections as c", "c.deployment_id", "d.id")
    .select(attemptColumns.map((column) => `d.${column}` as const))
    .select([
      "c.kind as corrected_kind",
      "c.failed as corrected_failed",
      "c.note as correction_note",
    ])
    .where("d.service", "=", stream.service)
    .where("d.environment", "=", stream.environment)
    .orderBy("d.at")
    .orderBy("d.id")
    .execute();
}

function attemptOf(row: AttemptRow): Attempt {
  return {
    id: row.id,
    key: row.key,
    repository: row.repository,
    revision: row.revision,
    artifact: row.artifact,
    version: row.version,
    status: row.status as AttemptStatus,
    declaredKind: row.declared_kind as DeploymentKind | null,
    hotfix: row.hotfix,
    declaredFailed: row.declared_failed,
    correctedKind: row.corrected_kind as DeploymentKind | null,
    correctedFailed: row.corrected_failed,
    correctionNote: row.correction_note,
    rolloutGroup: row.rollout_group,
    queuedAt: row.queued_at?.getTime() ?? null,
    startedAt: row.started_at?.getTime() ?? null,
    finishedAt: row.finished_at?.getTime() ?? null,
  };
}

async function readReleases(db: Kysely<Database>, stream: StreamName): Promise<StreamRelease[]> {
  const rows = await db
    .selectFrom("releases")
    .select(["id", "subject", "flag", "enabled", "percent", "at"])
    .where("service", "=", stream.service)
    .where(sql<boolean>`environment in (${stream.environment}, '')`)
    .orderBy("at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}
