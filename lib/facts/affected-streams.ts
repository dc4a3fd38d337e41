import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Revision } from "@/lib/facts/edges";
import type { DirtyStream } from "@/lib/facts/mark-dirty";

/** Beyond so many later revisions every stream of the repository is taken instead. */
const laterAtMost = 50_000;

/**
 * The streams whose derivation may depend on these revisions: those that
 * deployed one of them or anything that stands on one. What nobody has deployed
 * yet, as a fresh push, concerns no stream.
 */
export async function streamsUpon(
  trx: Transaction<Database>,
  revisions: readonly Revision[],
): Promise<DirtyStream[]> {
  if (revisions.length === 0) return [];
  const concerned = [...revisions, ...(await picksOf(trx, revisions))];
  const repositories = concerned.map((revision) => revision.repository);
  const names = concerned.map((revision) => revision.revision);
  const { rows } = await sql<DirtyStream>`
    with recursive later as (
      select repository, revision
      from unnest(${repositories}::text[], ${names}::text[]) as seed (repository, revision)
      union
      select edge.repository, edge.revision
      from later
      join revision_edges edge on edge.repository = later.repository and edge.parent = later.revision
    ),
    bounded as materialized (select repository, revision from later limit ${laterAtMost + 1})
    select d.service, d.environment, min(d.at) as "from"
    from bounded join deployments d
      on d.repository = bounded.repository and d.revision = bounded.revision
    group by d.service, d.environment
    union all
    select d.service, d.environment, min(d.at)
    from deployments d
    where d.repository = any(${repositories}::text[])
      and (select count(*) from bounded) > ${laterAtMost}
    group by d.service, d.environment`.execute(trx);
  return rows;
}

/** Commits that say they were picked from one of these, directly or through another pick. */
async function picksOf(
  trx: Transaction<Database>,
  revisions: readonly Revision[],
): Promise<Revision[]> {
  const repositories = [...new Set(revisions.map((revision) => revision.repository))];
  const { rows } = await sql<Revision & { original: string }>`
    select repository, revision,
      lower(substring(message from '[(]cherry picked from commit ([0-9a-fA-F]{7,64})[)]')) as original
    from commits
    where repository = any(${repositories}::text[])
      and message like '%(cherry picked from commit %'`.execute(trx);
  const found = new Set(revisions.map(({ repository, revision }) => `${repository}@${revision}`));
  const picks: Revision[] = [];
  for (let before = -1; before !== picks.length; ) {
    before = picks.length;
    for (const { repository, revision, original } of rows) {
      const isNew =
        found.has(`${repository}@${original}`) && !found.has(`${repository}@${revision}`);
      if (!isNew) continue;
      found.add(`${repository}@${revision}`);
      picks.push({ repository, revision });
    }
  }
  return picks;
}
