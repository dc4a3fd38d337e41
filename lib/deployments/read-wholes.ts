import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";

/** The deployment that a report is of, with the stream in which both stand. */
export interface Whole {
  deployment: string;
  service: string;
  environment: string;
}

/**
 * The deployments that are meant by these public ids of reports, whichever of its reports
 * names it. What is no report's (a release's id, one unknown) is not there.
 */
export async function readWholes(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<Map<string, Whole>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Whole & { id: string }>`
    select id, deployment_id as deployment, service, environment
    from deployment_reports where id = any(${[...new Set(ids)]}::text[])`.execute(db);
  return new Map(rows.map(({ id, ...whole }) => [id, whole]));
}

/** The public ids of all reports of these deployments. */
export async function readMemberIds(
  db: Kysely<Database>,
  deployments: readonly string[],
): Promise<string[]> {
  if (deployments.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from deployment_reports
    where deployment_id = any(${[...deployments]}::text[])`.execute(db);
  return rows.map(({ id }) => id);
}
