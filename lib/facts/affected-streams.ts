import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { concernedBy } from "@/lib/facts/concerned-revisions";
import type { Revision } from "@/lib/facts/edges";
import type { DirtyStream } from "@/lib/facts/mark-dirty";

/** Beyond so many later revisions their heights tell, which may mark a stream too early. */
const laterAtMost = 5_000;

/**
 * The streams whose derivation may depend on these revisions, from their earliest
 * deployment of one of them or of anything that stands on one. What nobody has
 * deployed yet, as a fresh push, concerns no stream. Heights must be up to date.
 */
export async function streamsUpon(
  trx: Transaction<Database>,
  revisions: readonly Revision[],
): Promise<DirtyStream[]> {
  if (revisions.length === 0) return [];
  const concerned = await concernedBy(trx, revisions);
  const most = concerned.length + laterAtMost;
  const told = sql`unnest(
    ${concerned.map(({ repository }) => repository)}::text[],
    ${concerned.map(({ revision }) => revision)}::text[]) as told (repository, revision)`;
  const { rows } = await sql<DirtyStream>`
    with recursive later as (
      select repository, revision from ${told}
      union
      select edge.repository, edge.revision
      from later
      cross join lateral (
        select * from revision_edges
        where repository = later.repository and parent = later.revision offset 0) edge
    ),
    bounded as materialized (select repository, revision from later limit ${most}),
    lowest as (
      select told.repository, min(h.height) as height
      from ${told}
      join revision_heights h on h.repository = told.repository and h.revision = told.revision
      where (select count(*) from bounded) = ${most}
      group by told.repository
    )
    select d.service, d.environment, min(d.at) as "from"
    from bounded
    cross join lateral (
      select service, environment, at from deployments
      where repository = bounded.repository and revision = bounded.revision
      union all
      -- One that names no repository is compared in that of its neighbours.
      select service, environment, at from deployments
      where repository is null and revision = bounded.revision
      offset 0) d
    group by d.service, d.environment
    union all
    select d.service, d.environment, min(d.at)
    from lowest
    join deployments d on d.repository = lowest.repository
    join revision_heights h on h.repository = d.repository and h.revision = d.revision
    where h.height >= lowest.height
    group by d.service, d.environment`.execute(trx);
  return rows;
}
