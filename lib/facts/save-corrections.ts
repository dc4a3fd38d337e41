import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { DirtyStream } from "@/lib/facts/mark-dirty";
import { deleteRows, stands, upsertRows } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";

/** Saves people's corrections; answers the streams of the deployments they speak of. */
export async function saveCorrections(
  trx: Transaction<Database>,
  facts: readonly Merged<"correction">[],
): Promise<DirtyStream[]> {
  const rows = facts.filter(stands).map(({ fact: { members } }) => ({
    deployment_id: members.deployment,
    kind: members.kind,
    failed: members.failed,
    note: members.note,
    actor: members.actor,
    at: members.at,
  }));
  const fallen = facts.filter((fact) => !stands(fact)).map((fact) => deploymentOf(fact.key));
  const changed = [
    ...(await upsertRows(trx, "corrections", rows, ["deployment_id"])),
    ...(await deleteRows(trx, "corrections", "deployment_id", fallen)),
  ];
  if (changed.length === 0) return [];
  const { rows: streams } = await sql<DirtyStream>`
    select d.service, d.environment, d.at as "from"
    from deployment_reports report join deployments d on d.id = report.deployment_id
    where report.id = any(${changed}::text[])`.execute(trx);
  return streams;
}

function deploymentOf(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}
