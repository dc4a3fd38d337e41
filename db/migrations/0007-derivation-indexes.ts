import { type Kysely, sql } from "kysely";

/** What derivation looks up by other than a key of its own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create unique index declared_incidents_by_key on declared_incidents (key)`.execute(db);
  await sql`create index declared_incidents_by_cause on declared_incidents (cause) where cause is not null`.execute(
    db,
  );
  await sql`create index alerts_by_declared_incident on alerts ((source || '/' || declared_incident)) where declared_incident is not null`.execute(
    db,
  );
  await sql`create index incidents_by_cause on incidents (declared_cause) where declared_cause is not null`.execute(
    db,
  );
  await sql`create index assessments_by_suspect on assessments using gin (jsonb_path_query_array(suspects, '$[*].id'))`.execute(
    db,
  );
  await sql`create index commits_picked on commits (repository) where message like '%(cherry picked from commit %'`.execute(
    db,
  );
}
