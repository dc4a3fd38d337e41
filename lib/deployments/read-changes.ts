import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { iso, type ShownChange } from "@/lib/deployments/deployment-answer";

/** The changes of some deployments by deployment id, newest first, at most `most` of each. */
export async function readChanges(
  db: Kysely<Database>,
  deploymentIds: readonly string[],
  most: number,
): Promise<Map<string, ShownChange[]>> {
  const shown = new Map<string, ShownChange[]>();
  if (deploymentIds.length === 0) return shown;
  const { rows } = await sql<ChangeRow>`
    select wanted.id as deployment_id, change.*
    from unnest(${[...deploymentIds]}::text[]) as wanted (id)
    cross join lateral (
      select dc.revision, dc.lead_seconds, c.message, c.author, c.authored_at,
        (select min(p.number) from pull_requests p
          where p.repository = dc.repository and p.merge_revision = dc.revision) as pull_request
      from deployment_changes dc
      left join commits c on c.repository = dc.repository and c.revision = dc.revision
      where dc.deployment_id = wanted.id
      order by c.authored_at desc nulls last, dc.revision
      limit ${most}
    ) as change`.execute(db);
  for (const row of rows) {
    const changes = shown.get(row.deployment_id) ?? [];
    changes.push({
      revision: row.revision,
      leadTimeSeconds: row.lead_seconds,
      message: row.message,
      author: row.author,
      authoredAt: iso(row.authored_at),
      pullRequest: row.pull_request,
    });
    shown.set(row.deployment_id, changes);
  }
  return shown;
}

interface ChangeRow {
  deployment_id: string;
  revision: string;
  lead_seconds: number | null;
  message: string | null;
  author: string | null;
  authored_at: Date | null;
  pull_request: number | null;
}
