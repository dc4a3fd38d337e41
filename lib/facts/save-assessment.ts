import { type Insertable, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { AssessmentsTable } from "@/db/schema/signals";
import { type DirtyStream, markDirty } from "@/lib/facts/mark-dirty";

/**
 * Stores the model's judgement of an incident on an occasion, and marks the
 * streams of every deployment that it, or an earlier one, holds suspect.
 */
export async function saveAssessment(
  trx: Transaction<Database>,
  assessment: Insertable<AssessmentsTable>,
): Promise<void> {
  const before = await streamsOfSuspects(trx, [assessment.incident_id]);
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
  await markDirty(trx, [...before, ...(await streamsOfSuspects(trx, [assessment.incident_id]))]);
}

/** Where the deployments ran that any assessment of these incidents holds suspect. */
export async function streamsOfSuspects(
  trx: Transaction<Database>,
  incidents: readonly string[],
): Promise<DirtyStream[]> {
  const { rows } = await sql<DirtyStream>`
    select d.service, d.environment, min(d.at) as "from"
    from assessments a, jsonb_array_elements(a.suspects) as suspect
    join deployments d on d.id = suspect ->> 'id'
    where a.incident_id = any(${[...incidents]}::text[])
    group by d.service, d.environment`.execute(trx);
  return rows;
}
