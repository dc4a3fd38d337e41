import { type Insertable, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { AssessmentsTable } from "@/db/schema/signals";
import { type DirtyStream, markDirty } from "@/lib/facts/mark-dirty";

/**
 * Stores the model's judgement of an incident on an occasion, and marks the
 * streams of the deployments that it, or an earlier one, holds likely enough.
 */
export async function saveAssessment(
  trx: Transaction<Database>,
  assessment: Insertable<AssessmentsTable>,
  matchThreshold: number,
): Promise<void> {
  const incidents = [assessment.incident_id];
  const before = await streamsMatched(trx, incidents, matchThreshold);
  await trx
    .insertInto("assessments")
    .values(assessment)
    .onConflict((conflict) =>
      conflict.columns(["incident_id", "occasion"]).doUpdateSet((row) => ({
        assessed_at: row.ref("excluded.assessed_at"),
        model: row.ref("excluded.model"),
        suspects: row.ref("excluded.suspects"),
      })),
    )
    .execute();
  await markDirty(trx, [...before, ...(await streamsMatched(trx, incidents, matchThreshold))]);
}

/** Where the deployments ran that any assessment of these incidents holds likely enough. */
export async function streamsMatched(
  trx: Transaction<Database>,
  incidents: readonly string[],
  matchThreshold: number,
): Promise<DirtyStream[]> {
  const { rows } = await sql<DirtyStream>`
    select d.service, d.environment, min(d.at) as "from"
    from assessments a, jsonb_array_elements(a.suspects) as suspect
    join deployment_reports report on report.id = suspect ->> 'id'
    join deployments d on d.id = report.deployment_id
    where a.incident_id = any(${[...incidents]}::text[])
      and (suspect ->> 'probability')::float8 >= ${matchThreshold}
    group by d.service, d.environment`.execute(trx);
  return rows;
}
