import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { DeploymentsTable } from "@/db/schema/attempts";
import type { StreamName } from "@/lib/deployments/read-stream";
import type { Attempt } from "@/lib/deployments/types";
import type { AttemptStatus, DeploymentKind } from "@/lib/facts/types";

type Stored = Selectable<DeploymentsTable>;

export type AttemptRow = Stored & {
  corrected_kind: string | null;
  corrected_failed: boolean | null;
  correction_note: string | null;
};

/** The merged attempts of a stream that meet a condition on `d`, with people's corrections: of several on the reports of one, the latest. */
export async function readAttempts(
  db: Kysely<Database>,
  { service, environment }: StreamName,
  condition: RawBuilder<boolean>,
): Promise<AttemptRow[]> {
  return db
    .selectFrom("deployments as d")
    .leftJoinLateral(
      (query) =>
        query
          .selectFrom("corrections")
          .select(["kind", "failed", "note"])
          .where(sql<boolean>`deployment_id = any(d.members)`)
          .orderBy("at", "desc")
          .orderBy("deployment_id")
          .limit(1)
          .as("c"),
      (join) => join.onTrue(),
    )
    .selectAll("d")
    .select([
      "c.kind as corrected_kind",
      "c.failed as corrected_failed",
      "c.note as correction_note",
    ])
    .where("d.service", "=", service)
    .where("d.environment", "=", environment)
    .where(condition)
    .orderBy("d.at")
    .orderBy("d.id")
    .execute();
}

/** An attempt as derivation takes it. */
export function attemptOf(row: Stored & Partial<AttemptRow>): Attempt {
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
    correctedKind: (row.corrected_kind ?? null) as DeploymentKind | null,
    correctedFailed: row.corrected_failed ?? null,
    correctionNote: row.correction_note ?? null,
    rolloutGroup: row.rollout_group,
    queuedAt: row.queued_at?.getTime() ?? null,
    startedAt: row.started_at?.getTime() ?? null,
    finishedAt: row.finished_at?.getTime() ?? null,
    toldAt: row.at.getTime(),
  };
}

/** The order of a stream in the words of SQL: by finish, then start, then key (see orderAttempts). */
export function inOrder(alias: "d" | "n") {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql`${column("at")}, coalesce(${column("started_at")}, ${column("at")}),
    ${column("key")} collate "C", ${column("id")} collate "C"`;
}
