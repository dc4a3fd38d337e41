import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";

/** A deployment by the names that the first of its senders gave. */
export interface NamedDeployment {
  id: string;
  at: Date;
  /** Where it stands by the rules in force. */
  placed: string;
  service: string | null;
  environment: string;
  repository: string | null;
  description: string | null;
  name: string | null;
}

const atOnce = 5_000;

/**
 * The deployments since a moment, newest first, some thousands at a time. Their table
 * has the repository as the rules completed it and no task's name, so both are taken
 * from what was said: of several, the latest.
 */
export async function* readNamedDeployments(
  db: Kysely<Database>,
  since: Date,
): AsyncGenerator<NamedDeployment[], void> {
  for (let last: NamedDeployment | undefined; ; ) {
    const { rows } = await sql<NamedDeployment>`
      with recent as materialized (
        select d.id, d.at, d.service as placed, first.raw_service, first.raw_environment,
          first.description
        from deployments d join deployment_reports first on first.id = d.id
        where d.at >= ${since} and ${last ? sql`(d.at, d.id) < (${last.at}, ${last.id})` : sql`true`}
        order by d.at desc, d.id desc limit ${atOnce}
      )
      select recent.id, at, placed, raw_service as service, raw_environment as environment,
        repository, description, name
      from recent left join lateral (
        select
          (array_agg(members->>'repository' order by as_of desc)
            filter (where members->>'repository' is not null))[1] as repository,
          (array_agg(members->>'name' order by as_of desc)
            filter (where members->>'name' is not null))[1] as name
        from statements where fact_id = recent.id
      ) as said on true
      order by at desc, recent.id desc`.execute(db);
    if (rows.length > 0) yield rows;
    if (rows.length < atOnce) return;
    last = rows.at(-1);
  }
}

export interface NamedChange {
  revision: string;
  message: string | null;
  paths: string[] | null;
}

/** The newest commits of a repository since a moment, at most so many, newest first. */
export async function readNamedChanges(
  db: Kysely<Database>,
  repository: string,
  since: Date,
  atMost: number,
): Promise<NamedChange[]> {
  const { rows } = await sql<NamedChange>`
    select revision, message, paths
    from commits
    where lower(repository) = lower(${repository})
      and coalesce(committed_at, authored_at) >= ${since}
    order by coalesce(committed_at, authored_at) desc, revision
    limit ${atMost}`.execute(db);
  return rows;
}
