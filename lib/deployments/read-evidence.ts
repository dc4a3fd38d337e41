import { type Kysely, type Selectable, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { DeploymentReportsTable } from "@/db/schema/attempts";
import { iso, providerKey } from "@/lib/deployments/deployment-answer";
import { overlapMilliseconds } from "@/lib/deployments/identity";
import type { DeploymentAnswer } from "@/lib/http/answers";

/** What a deployment is known by, and what a person holds apart from it. */
export type Evidence = Pick<DeploymentAnswer, "sources" | "separated">;

export const noEvidence: Evidence = { sources: [], separated: [] };

/**
 * The reports of some deployments by deployment id, in the order of their start, and those
 * that would be among them had no person said that they stand apart.
 */
export async function readEvidence(
  db: Kysely<Database>,
  deploymentIds: readonly string[],
): Promise<Map<string, Evidence>> {
  if (deploymentIds.length === 0) return new Map();
  const ids = [...deploymentIds];
  const [own, held] = await Promise.all([readReports(db, ids), readHeldApart(db, ids)]);
  return new Map(
    ids.map((id) => {
      const sources = own.filter((report) => report.whole === id);
      const names = new Set(sources.map(({ source }) => source));
      const separated = held.filter(({ whole, source }) => whole === id && !names.has(source));
      return [id, { sources: sources.map(reportAnswer), separated: separated.map(reportAnswer) }];
    }),
  );
}

interface EvidenceRow extends Selectable<DeploymentReportsTable> {
  /** The deployment that it is told with. */
  whole: string;
  apart: { actor: string; at: string; note: string | null } | null;
}

const apart = sql`case when s.apart
  then json_build_object('actor', s.actor, 'at', s.at, 'note', s.note) end as apart`;
const inOrder = sql`coalesce(r.begins_at, r.at), r.key collate "C"`;

async function readReports(db: Kysely<Database>, ids: string[]): Promise<EvidenceRow[]> {
  const { rows } = await sql<EvidenceRow>`
    select r.*, r.deployment_id as whole, ${apart}
    from deployment_reports r
    left join separations s on s.kind = 'deployment' and s.member_id = r.id
    where r.deployment_id = any(${ids}::text[])
    order by ${inOrder}`.execute(db);
  return rows;
}

/** Few are: so from people's words to the deployments, which none of them is asked by. */
async function readHeldApart(db: Kysely<Database>, ids: string[]): Promise<EvidenceRow[]> {
  const gap = sql`${overlapMilliseconds} * interval '1 millisecond'`;
  const { rows } = await sql<EvidenceRow>`
    select r.*, linked.deployment_id as whole, ${apart}
    from separations s
    join deployment_reports r on r.id = s.member_id
    cross join lateral (
      select distinct w.deployment_id from deployment_reports w
      where w.deployment_id = any(${ids}::text[]) and w.source <> r.source
        and w.service = r.service and w.environment = r.environment
        and (w.revision = r.revision or w.artifact = r.artifact)
        and w.ends_at >= r.begins_at - ${gap} and w.begins_at <= r.ends_at + ${gap}
        and not exists (
          select from separations other
          where other.kind = 'deployment' and other.member_id = w.id and other.apart)
    ) as linked
    where s.kind = 'deployment' and s.apart
    order by ${inOrder}`.execute(db);
  return rows;
}

function reportAnswer(row: EvidenceRow): DeploymentAnswer["sources"][number] {
  const { id, source, revision, artifact, version, url, author } = row;
  return {
    source,
    key: providerKey(source, row.key),
    id,
    status: row.status as DeploymentAnswer["status"],
    queuedAt: iso(row.queued_at),
    startedAt: iso(row.started_at),
    finishedAt: iso(row.finished_at),
    ...{ revision, artifact, version, url, author },
    apart: row.apart && { ...row.apart, at: new Date(row.apart.at).toISOString() },
  };
}
