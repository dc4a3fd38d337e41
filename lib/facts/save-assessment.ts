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
  const incidents = await membersOf(trx, assessment.incident_id);
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

/** An earlier judgement may have been made on another member of what is one incident now. */
async function membersOf(trx: Transaction<Database>, incident: string): Promise<string[]> {
  const { rows } = await sql<{ member: string }>`
    select unnest(members) as member from incidents where members @> array[${incident}]::text[]`.execute(
    trx,
  );
  return [...new Set([incident, ...rows.map(({ member }) => member)])];
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
