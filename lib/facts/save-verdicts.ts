import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { DirtyStream } from "@/lib/facts/mark-dirty";
import { deleteRows, stands, upsertRows } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";

/** Saves people's verdicts; answers the streams of their incidents and of what they blame or clear. */
export async function saveVerdicts(
  trx: Transaction<Database>,
  facts: readonly Merged<"verdict">[],
): Promise<DirtyStream[]> {
  if (facts.length === 0) return [];
  // The key is the incident's public id behind the source that says it.
  const incidents = facts.map((fact) => incidentOf(fact.key));
  const before = await streamsOfVerdicts(trx, incidents);
  const rows = facts.filter(stands).map(({ fact: { members } }) => ({
    incident_id: members.incident,
    verdict: members.verdict,
    changes: members.changes,
    rejected: members.rejected,
    note: members.note,
    actor: members.actor,
    at: members.at,
  }));
  const fallen = facts.filter((fact) => !stands(fact)).map((fact) => incidentOf(fact.key));
  const changed = [
    ...(await upsertRows(trx, "verdicts", rows, ["incident_id"])),
    ...(await deleteRows(trx, "verdicts", "incident_id", fallen)),
  ];
  if (changed.length === 0) return [];
  return [...before, ...(await streamsOfVerdicts(trx, changed))];
}

function incidentOf(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

async function streamsOfVerdicts(
  trx: Transaction<Database>,
  incidents: readonly string[],
): Promise<DirtyStream[]> {
  const { rows } = await sql<DirtyStream>`
    select i.service, i.environment, i.opened_at as "from"
    from incidents i where i.members && ${[...incidents]}::text[]
    union all
    select d.service, d.environment, d.at
    from verdicts v, jsonb_array_elements(v.changes || v.rejected) as change
    join deployment_reports report on report.id = change ->> 'id'
    join deployments d on d.id = report.deployment_id
    where v.incident_id = any(${[...incidents]}::text[])`.execute(trx);
  return rows;
}
