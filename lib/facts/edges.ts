import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";

export interface Revision {
  repository: string;
  revision: string;
}

export interface Edge extends Revision {
  /** '' says that the revision is a root. */
  parent: string;
  origin: "commit" | "push";
  said_by: string;
}

/** Makes the edges that these commits and pushes speak of exactly the ones given. */
export async function saveEdges(
  trx: Transaction<Database>,
  saidBy: readonly string[],
  edges: readonly Edge[],
): Promise<void> {
  if (saidBy.length === 0) return;
  await sql`delete from revision_edges where said_by = any(${[...saidBy]}::text[])`.execute(trx);
  if (edges.length === 0) return;
  await sql`
    insert into revision_edges
    select * from json_populate_recordset(null::revision_edges, ${JSON.stringify(edges)}::json)
    on conflict do nothing`.execute(trx);
}

/** The revisions whose parents these commits and pushes told. */
export async function revisionsSaidBy(
  trx: Transaction<Database>,
  saidBy: readonly string[],
): Promise<Revision[]> {
  if (saidBy.length === 0) return [];
  return trx
    .selectFrom("revision_edges")
    .select(["repository", "revision"])
    .where(sql<boolean>`said_by = any(${[...saidBy]}::text[])`)
    .execute();
}
