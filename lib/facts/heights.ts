import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Revision } from "@/lib/facts/edges";

/**
 * Keeps `revision_heights` true after these revisions were told of: none is below
 * a parent of its own. A height is the time of the commit in epoch seconds, never
 * above now, since a clock that goes wrong would lift all that follows; of a parent
 * that nothing is told of yet it is its first child's. Heights fall only to a time
 * that becomes known.
 */
export async function raiseHeights(
  trx: Transaction<Database>,
  revisions: readonly Revision[],
): Promise<void> {
  if (revisions.length === 0) return;
  const told = listOf(revisions);
  await setOwn(trx, told);
  await setHorizons(trx, told);
  await raiseChildren(trx, told);
}

/** Gives every revision its height anew; what was filled in one go is analysed first. */
export async function makeHeights(trx: Transaction<Database>): Promise<void> {
  const told = sql`(select distinct repository, revision from revision_edges) as told`;
  await sql`delete from revision_heights`.execute(trx);
  await sql`
    insert into revision_heights (repository, revision, height)
    select repository, revision,
      floor(extract(epoch from least(coalesce(committed_at, authored_at, 'epoch'), now())))
    from commits`.execute(trx);
  await sql`
    insert into revision_heights (repository, revision, height)
    select repository, revision, 0 from ${told} on conflict do nothing`.execute(trx);
  await sql`analyze revision_edges, revision_heights`.execute(trx);
  await setHorizons(trx, told);
  await raiseChildren(trx, told);
}

type Told = ReturnType<typeof listOf>;

function listOf(revisions: readonly Revision[]) {
  return sql`unnest(
    ${revisions.map(({ repository }) => repository)}::text[],
    ${revisions.map(({ revision }) => revision)}::text[]) as told (repository, revision)`;
}

/** By the commit's own time and the parents' heights as they were. */
async function setOwn(trx: Transaction<Database>, told: Told): Promise<void> {
  await sql`
    insert into revision_heights (repository, revision, height)
    select told.repository, told.revision, coalesce(greatest(
      (select floor(extract(epoch from least(coalesce(c.committed_at, c.authored_at), now())))::bigint
        from commits c where c.repository = told.repository and c.revision = told.revision
          and coalesce(c.committed_at, c.authored_at) is not null),
      (select max(h.height) from revision_edges e
        join revision_heights h on h.repository = e.repository and h.revision = e.parent
        where e.repository = told.repository and e.revision = told.revision)), 0)
    from (select distinct repository, revision from ${told}) as told
    where exists (
        select from commits c where c.repository = told.repository and c.revision = told.revision)
      or exists (
        select from revision_edges e
        where e.repository = told.repository and e.revision = told.revision)
    on conflict (repository, revision) do update set height = excluded.height
    where revision_heights.height <> excluded.height`.execute(trx);
}

async function setHorizons(trx: Transaction<Database>, told: Told): Promise<void> {
  await sql`
    insert into revision_heights (repository, revision, height)
    select e.repository, e.parent, min(h.height)
    from ${told}
    join revision_edges e on e.repository = told.repository and e.revision = told.revision
    join revision_heights h on h.repository = e.repository and h.revision = e.revision
    where e.parent <> ''
    group by e.repository, e.parent
    on conflict do nothing`.execute(trx);
}

/** Lifts what stands on these to their height, as far as it was below. */
async function raiseChildren(trx: Transaction<Database>, told: Told): Promise<void> {
  await sql`
    with recursive raised (repository, revision, height) as (
      select e.repository, e.revision, p.height
      from ${told}
      join revision_edges e on e.repository = told.repository and e.parent = told.revision
      join revision_heights p on p.repository = e.repository and p.revision = e.parent
      join revision_heights c on c.repository = e.repository and c.revision = e.revision
      where c.height < p.height
      union
      select e.repository, e.revision, raised.height
      from raised
      cross join lateral (
        select * from revision_edges
        where repository = raised.repository and parent = raised.revision offset 0) e
      cross join lateral (
        select * from revision_heights
        where repository = e.repository and revision = e.revision offset 0) c
      where c.height < raised.height
    )
    update revision_heights h set height = r.height
    from (
      select repository, revision, max(height) as height from raised group by repository, revision
    ) r
    where h.repository = r.repository and h.revision = r.revision`.execute(trx);
}
