import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { DirtyStream } from "@/lib/facts/mark-dirty";

/**
 * The streams of the regions that share a rollout with these deployments, or may,
 * their own among them: from the earliest deployment of the same code in the group.
 */
export async function rolloutStreams(
  trx: Transaction<Database>,
  deployments: readonly string[],
): Promise<DirtyStream[]> {
  if (deployments.length === 0) return [];
  const { rows } = await sql<DirtyStream>`
    with concerned as (
      select distinct service, rollout_group, revision from deployments
      where id = any(${[...deployments]}::text[]) and rollout_group is not null
    ),
    -- Code without a revision is told from other code pair by pair.
    bare as (
      select distinct service, rollout_group from concerned c
      where exists (
        select from deployments d
        where d.service = c.service and d.revision is null and d.rollout_group = c.rollout_group)
    ),
    members as (
      select d.service, d.environment, d.at
      from concerned c join deployments d
        on d.service = c.service and d.revision = c.revision and d.rollout_group = c.rollout_group
      union all
      select d.service, d.environment, d.at
      from bare b join deployments d
        on d.service = b.service and d.rollout_group = b.rollout_group
    )
    select service, environment, min(at) as "from" from members
    group by service, environment`.execute(trx);
  return rows;
}
