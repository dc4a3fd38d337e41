import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { traceRow } from "@/lib/facts/derived-rows";

type TraceRow = ReturnType<typeof traceRow>;

/** What has to be written for the traces of some deployments to be as derived. */
export interface TracesSaving {
  /** The deployments concerned: all their traces are written anew. */
  ids: string[];
  rows: readonly TraceRow[];
}

/** Compares the traces of these deployments with what is stored of them. */
export async function findTraces(
  trx: Transaction<Database>,
  deployments: readonly string[],
  derived: readonly TraceRow[],
): Promise<TracesSaving> {
  const stored = await trx
    .selectFrom("deployment_traces")
    .selectAll()
    .where(sql<boolean>`deployment_id = any(${[...deployments]}::text[])`)
    .execute();
  const known = new Set(stored.map(nameOf));
  const told = new Set(derived.map(nameOf));
  const differing = [
    ...stored.filter((row) => !told.has(nameOf(row))),
    ...derived.filter((row) => !known.has(nameOf(row))),
  ];
  return { ids: [...new Set(differing.map((row) => row.deployment_id))], rows: derived };
}

function nameOf(row: Omit<TraceRow, "role"> & { role: string }): string {
  const { deployment_id, repository, revision, role, original } = row;
  return JSON.stringify([deployment_id, repository, revision, role, original]);
}

/** Writes them, of the deployments that are held. */
export async function saveTraces(
  trx: Transaction<Database>,
  { ids, rows }: TracesSaving,
  isHeld: (deployment: string) => boolean,
): Promise<void> {
  const held = ids.filter(isHeld);
  if (held.length === 0) return;
  await sql`delete from deployment_traces where deployment_id = any(${held}::text[])`.execute(trx);
  const put = rows.filter((row) => held.includes(row.deployment_id));
  if (put.length === 0) return;
  await sql`
    insert into deployment_traces
    select * from json_populate_recordset(null::deployment_traces, ${JSON.stringify(put)}::json)`.execute(
    trx,
  );
}
