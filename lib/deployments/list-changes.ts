import { type RawBuilder, sql } from "kysely";
import { reachFor, serviceWithin } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { type ChangeRow, changeAnswer } from "@/lib/deployments/change-answer";
import type { Page } from "@/lib/http/answers";
import { type Cursor, decodeCursor, foreignCursor, page } from "@/lib/http/cursor";
import type { ChangeAnswer } from "@/lib/http/fact-answers";
import { type ChangeFigure, changesOf } from "@/lib/metrics/rows-behind";

interface ChangeFilter {
  service?: string[];
  environment?: string[];
  team?: string[];
  tier?: string[];
  repository?: string[];
  /** Exactly the rows behind one number of the metrics. */
  figure?: ChangeFigure;
  from?: Date;
  to?: Date;
  cursor?: string;
  limit: number;
}

/**
 * Changes that shipped, by their deployment's finish, newest first: one row for
 * each deployment that brought a change, with its lead time and stages in seconds.
 * Throws `invalid_cursor`.
 */
export async function listChanges(
  context: Context,
  filter: ChangeFilter,
): Promise<Page<ChangeAnswer>> {
  const within = await reachFor(context, filter);
  const conditions = conditionsOf(filter);
  if (within) conditions.push(serviceWithin(within));
  // The page is cut before commits and pull requests are looked up, a row at a time.
  const { rows } = await sql<ChangeRow>`
    select shipped.*, c.message, c.author, c.authored_at, d.version,
      (select min(p.number) from pull_requests p
        where p.repository = shipped.repository and p.merge_revision = shipped.revision) as pull_request
    from (
      select * from deployment_changes
      where ${sql.join(conditions, sql` and `)}
      order by finished_at desc, deployment_id desc, revision desc, repository desc
      limit ${filter.limit + 1}
    ) as shipped
    left join commits c on c.repository = shipped.repository and c.revision = shipped.revision
    left join deployments d on d.id = shipped.deployment_id
    order by shipped.finished_at desc, shipped.deployment_id desc, shipped.revision desc,
      shipped.repository desc`.execute(context.db);
  return page(rows, filter.limit, positionOf, changeAnswer);
}

function conditionsOf(filter: ChangeFilter): RawBuilder<boolean>[] {
  const names = (["service", "environment", "team", "tier", "repository"] as const).flatMap(
    (column) => {
      const chosen = filter[column];
      return chosen ? [sql<boolean>`${sql.ref(column)} = any(${chosen}::text[])`] : [];
    },
  );
  return [
    sql<boolean>`true`,
    ...names,
    ...(filter.figure ? [changesOf(filter.figure)] : []),
    ...(filter.from ? [sql<boolean>`finished_at >= ${filter.from}`] : []),
    ...(filter.to ? [sql<boolean>`finished_at < ${filter.to}`] : []),
    ...(filter.cursor ? [after(decodeCursor(filter.cursor))] : []),
  ];
}

/** A row's key has three parts, none of which may hold the sign between them. */
function positionOf(row: ChangeRow): Cursor {
  const parts = [row.deployment_id, row.revision, row.repository];
  return { at: row.finished_at, id: parts.map(encodeURIComponent).join("/") };
}

function after({ at, id }: Cursor): RawBuilder<boolean> {
  const parts = id.split("/");
  if (parts.length !== 3) throw foreignCursor();
  const [deployment, revision, repository] = parts.map(decoded);
  return sql<boolean>`
    (finished_at, deployment_id, revision, repository) < (${at}, ${deployment}, ${revision}, ${repository})`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw foreignCursor();
  }
}
