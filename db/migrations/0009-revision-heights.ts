import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table revision_heights (
      repository text not null,
      revision text not null,
      height bigint not null,
      primary key (repository, revision)
    )`.execute(db);
  await fillHeights(db);
  await sql`create index pushes_by_commit on pushes using gin (commits) with (fastupdate = off)`.execute(
    db,
  );
  await sql`create index pushes_by_branch on pushes (repository, branch, pushed_at)`.execute(db);
  await sql`create index pull_requests_by_branch on pull_requests (repository, branch, merged_at)`.execute(
    db,
  );
  await sql`drop index commits_picked`.execute(db);
  await sql`
    create function picked_from(message text) returns text immutable language sql as $$
      select lower(substring(message from
        '(?n)^[(]cherry picked from commit ([0-9a-fA-F]{7,64})[)][[:space:]]*$'))
    $$`.execute(db);
  await sql`
    create index commits_picked on commits (repository, picked_from(message) collate "C")
    where message like '%(cherry picked from commit %'`.execute(db);
}

/** The time of its commit, or whatever in its history stands higher; 0 where no time is known. */
async function fillHeights(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into revision_heights
    select repository, revision,
      floor(extract(epoch from least(coalesce(committed_at, authored_at, 'epoch'), now())))
    from commits
    union all
    select distinct e.repository, name, 0
    from revision_edges e cross join lateral (values (e.revision), (e.parent)) as known (name)
    where name <> '' and not exists (
      select from commits c where c.repository = e.repository and c.revision = name)`.execute(db);
  await sql`analyze revision_heights`.execute(db);
  await sql`
    with recursive raised (repository, revision, height) as (
      select e.repository, e.revision, p.height
      from revision_edges e
      join revision_heights p on p.repository = e.repository and p.revision = e.parent
      join revision_heights c on c.repository = e.repository and c.revision = e.revision
      where c.height < p.height
      union
      select e.repository, e.revision, raised.height
      from raised
      join revision_edges e on e.repository = raised.repository and e.parent = raised.revision
      join revision_heights c on c.repository = e.repository and c.revision = e.revision
      where c.height < raised.height
    )
    update revision_heights h set height = r.height
    from (
      select repository, revision, max(height) as height from raised group by repository, revision
    ) r
    where h.repository = r.repository and h.revision = r.revision`.execute(db);
}
