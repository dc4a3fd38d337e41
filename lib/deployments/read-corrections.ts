import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { DeploymentAnswer } from "@/lib/http/answers";

export type ShownCorrection = NonNullable<DeploymentAnswer["correction"]>;

/** People's words on the class of some deployments by deployment id; what was taken back is none. */
export async function readCorrections(
  db: Kysely<Database>,
  deploymentIds: readonly string[],
): Promise<Map<string, ShownCorrection>> {
  if (deploymentIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("corrections")
    .selectAll()
    .where("deployment_id", "in", deploymentIds)
    .where((where) => where.or([where("kind", "is not", null), where("failed", "is not", null)]))
    .execute();
  return new Map(
    rows.map(({ deployment_id, kind, failed, note, actor, at }) => [
      deployment_id,
      { kind: kind as ShownCorrection["kind"], failed, note, actor, at: at.toISOString() },
    ]),
  );
}
