import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { DeploymentAnswer } from "@/lib/http/answers";

export type ShownCorrection = NonNullable<DeploymentAnswer["correction"]>;

/**
 * People's words on the class of some deployments by deployment id: of those on any of its
 * reports the latest; what was taken back is none.
 */
export async function readCorrections(
  db: Kysely<Database>,
  deploymentIds: readonly string[],
): Promise<Map<string, ShownCorrection>> {
  if (deploymentIds.length === 0) return new Map();
  const { rows } = await sql<CorrectionRow>`
    select distinct on (d.id) d.id, c.kind, c.failed, c.note, c.actor, c.at
    from deployments d join corrections c on c.deployment_id = any(d.members)
    where d.id = any(${[...deploymentIds]}::text[])
    order by d.id, c.at desc, c.deployment_id`.execute(db);
  return new Map(
    rows.flatMap(({ id, at, ...said }) =>
      said.kind === null && said.failed === null
        ? []
        : [[id, { ...said, at: at.toISOString() }] as const],
    ),
  );
}

interface CorrectionRow extends Omit<ShownCorrection, "at"> {
  id: string;
  at: Date;
}
