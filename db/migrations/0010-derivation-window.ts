import { type Kysely, sql } from "kysely";

/** What a derivation that begins in the middle of a stream looks up of the time before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table deployments
      add column layer text,
      add column layer_below text,
      add column open_until timestamptz`.execute(db);
  await sql`create index deployments_open_until on deployments (service, environment, open_until) where open_until is not null`.execute(
    db,
  );
  await sql`create index deployments_awaiting on deployments (service, environment) where failed and restored_at is null`.execute(
    db,
  );
  await sql`create index deployments_of_revision on deployments (service, revision)`.execute(db);
  await sql`create index deployments_of_version on deployments (service, version) where version is not null`.execute(
    db,
  );
  await sql`create index deployments_of_artifact on deployments (service, artifact) where artifact is not null`.execute(
    db,
  );
  await sql`create index incidents_by_end on incidents (service, environment, resolved_at)`.execute(
    db,
  );
  await sql`
    create table deployment_traces (
      deployment_id text not null,
      repository text not null,
      revision text not null,
      role text not null,
      original text,
      primary key (deployment_id, repository, revision)
    )`.execute(db);
  await sql`create index deployment_traces_by_revision on deployment_traces (repository, revision)`.execute(
    db,
  );
  await sql`create index deployment_traces_by_original on deployment_traces (repository, original) where original is not null`.execute(
    db,
  );
  await sql`
    update streams set dirty_from = timestamptz 'epoch', marked = marked + 1`.execute(db);
}
