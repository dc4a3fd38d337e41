import { createHash } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";

/**
 * Every table of facts and of what is derived from them, with its key. None has
 * a row id or a moment of arrival. Assessments are inputs, so they stand apart.
 */
export const factTables = {
  commits: ["id"],
  pushes: ["id"],
  pull_requests: ["id"],
  revision_edges: ["repository", "revision", "parent", "said_by"],
  builds: ["id"],
  test_runs: ["id"],
  deployment_reports: ["id"],
  deployments: ["id"],
  deployment_changes: ["deployment_id", "repository", "revision"],
  deployment_traces: ["deployment_id", "repository", "revision"],
  releases: ["id"],
  alerts: ["id"],
  declared_incidents: ["id"],
  incidents: ["id"],
  verdicts: ["incident_id"],
  corrections: ["deployment_id"],
  separations: ["kind", "member_id"],
} as const satisfies { [T in keyof Database]?: readonly (keyof Database[T])[] };
export type FactTable = keyof typeof factTables;

/** SHA-256, as hex, over all facts and derived rows in the order of their keys: equal digests mean equal facts. */
export async function digest(db: Kysely<Database>): Promise<string> {
  const hash = createHash("sha256");
  for (const [table, value] of Object.entries(await digestTables(db)))
    hash.update(`${table} ${value}\n`);
  return hash.digest("hex");
}

/** One hash a table, of one moment, so that two digests that differ say where. */
export async function digestTables(db: Kysely<Database>): Promise<Record<FactTable, string>> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (trx) => {
      // Rows are hashed as text, which must not depend on the session.
      await sql`set local timezone = 'UTC'`.execute(trx);
      await sql`set local statement_timeout = 0`.execute(trx);
      const digests = {} as Record<FactTable, string>;
      for (const table of Object.keys(factTables) as FactTable[])
        digests[table] = await digestTable(trx, table);
      return digests;
    });
}

/** In 256 parts, since Postgres builds no text above one gigabyte. */
async function digestTable(trx: Transaction<Database>, table: FactTable): Promise<string> {
  const key = sql.join(factTables[table].map((column) => sql`row.${sql.ref(column)}`));
  const { rows } = await sql<{ digest: string | null }>`
    select encode(sha256(convert_to(string_agg(hash, '' order by part), 'UTF8')), 'hex') as digest
    from (
      select part, string_agg(hash, '' order by key) as hash
      from (
        select left(md5(key), 2) as part, key, hash
        from (
          select json_build_array(${key})::text collate "C" as key, md5(row::text) as hash
          from ${sql.table(table)} as row
        ) as rows
      ) as keyed
      group by part
    ) as parts`.execute(trx);
  return rows[0]?.digest ?? "";
}
