import { type Selectable, sql } from "kysely";
import type { AuditTable } from "@/db/schema/access";
import type { AuditAnswer } from "@/lib/audit/audit-answer";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import type { Page } from "@/lib/http/answers";
import { type Cursor, decodeCursor, foreignCursor, page } from "@/lib/http/cursor";

export interface AuditFilter {
  actor?: string[];
  /** Of people and tokens, whatever they were called. */
  actorId?: string[];
  action?: string[];
  /** Ids or names of what it was done to. */
  subject?: string[];
  /** Every word of it must begin a word of the entry, whichever member has it. */
  search?: string;
  /** At or after `from`, before `to`. */
  from?: Date;
  to?: Date;
  cursor?: string;
  limit: number;
}

/** The audit, newest first, a page at a time. Throws `invalid_cursor`. */
export async function listAudit(context: Context, filter: AuditFilter): Promise<Page<AuditAnswer>> {
  authorise(context, "admin");
  const after = filter.cursor === undefined ? null : position(filter.cursor);
  const rows = await matching(context, filter, after, filter.limit + 1);
  return page(rows, filter.limit, (row) => ({ at: row.at, id: String(row.id) }), auditAnswer);
}

const batchRows = 500;

/** All that matches, newest first, in batches: as much is in memory as one of them holds. */
export async function* everyAuditEntry(
  context: Context,
  filter: Omit<AuditFilter, "cursor" | "limit">,
): AsyncGenerator<AuditAnswer[]> {
  authorise(context, "admin");
  let after: Cursor | null = null;
  while (true) {
    const rows: AuditRow[] = await matching(context, filter, after, batchRows);
    if (rows.length > 0) yield rows.map(auditAnswer);
    const last = rows.at(-1);
    if (!last || rows.length < batchRows) return;
    after = { at: last.at, id: String(last.id) };
  }
}

const columns = [
  "id",
  "at",
  "actor_kind",
  "actor",
  "actor_id",
  "action",
  "subject_kind",
  "subject",
  "address",
  "details",
] as const;
type AuditRow = Pick<Selectable<AuditTable>, (typeof columns)[number]>;

function matching(
  { db }: Context,
  filter: Omit<AuditFilter, "cursor" | "limit">,
  after: Cursor | null,
  limit: number,
): Promise<AuditRow[]> {
  let query = db.selectFrom("audit").select(columns);
  if (filter.actor) query = query.where("actor", "in", filter.actor);
  if (filter.actorId) query = query.where("actor_id", "in", filter.actorId);
  if (filter.action) query = query.where("action", "in", filter.action);
  if (filter.subject) query = query.where("subject", "in", filter.subject);
  if (filter.from) query = query.where("at", ">=", filter.from);
  if (filter.to) query = query.where("at", "<", filter.to);
  if (filter.search !== undefined) query = query.where(hasWords(filter.search));
  if (after) query = query.where(sql<boolean>`(at, id) < (${after.at}, ${after.id}::bigint)`);
  return query.orderBy("at", "desc").orderBy("id", "desc").limit(limit).execute();
}

/** A text without a word matches nothing. Words are of letters and digits alone, so none can be an operator. */
function hasWords(search: string) {
  return sql<boolean>`words @@ (
    select string_agg(quote_literal(word) || ':*', ' & ')
    from unnest(search_words(${search})) word
  )::tsquery`;
}

function position(text: string): Cursor {
  const cursor = decodeCursor(text);
  if (/^\d{1,15}$/.test(cursor.id)) return cursor;
  throw foreignCursor();
}

function auditAnswer(row: AuditRow): AuditAnswer {
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    actorKind: row.actor_kind,
    actor: row.actor,
    actorId: row.actor_id,
    action: row.action,
    subjectKind: row.subject_kind,
    subject: row.subject,
    address: row.address,
    details: row.details,
  };
}
