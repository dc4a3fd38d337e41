import { type RawBuilder, sql } from "kysely";
import { isWithin, reachFor, reachOf, serviceWithin, type Within } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { IncidentAnswer, Page } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";
import { Problem } from "@/lib/http/problem";
import { type IncidentRow, incidentAnswers } from "@/lib/incidents/incident-answer";

export interface IncidentFilter {
  service?: string[];
  environment?: string[];
  team?: string[];
  severity?: string[];
  open?: boolean;
  from?: Date;
  to?: Date;
  cursor?: string;
  limit: number;
}

/** Incidents newest first of which `also` holds, a page at a time. */
export async function listIncidents(
  context: Context,
  filter: IncidentFilter,
  also?: RawBuilder<boolean>,
): Promise<Page<IncidentAnswer>> {
  const within = await reachFor(context, filter);
  const rows = await selectPage(context, filter, within, also);
  const shown = page(
    rows,
    filter.limit,
    (row) => ({ at: row.opened_at, id: row.id }),
    (row) => row,
  );
  return {
    items: await incidentAnswers(context, shown.items, within),
    nextCursor: shown.nextCursor,
  };
}

/** One incident, by its own id or any member's. Throws `not_found`. */
export async function readIncident(context: Context, id: string): Promise<IncidentAnswer> {
  const row = await findIncident(context, id);
  const [answer] = await incidentAnswers(context, [row], reachOf(context));
  if (!answer) throw new Problem("not_found", "There is no incident of this id.");
  return answer;
}

/** The incident that answers to an id. Throws `not_found`. */
export async function findIncident(context: Context, id: string): Promise<IncidentRow> {
  const row = await context.db
    .selectFrom("incidents")
    .selectAll()
    .where(sql<boolean>`members @> array[${id}]::text[]`)
    .executeTakeFirst();
  if (!row || !isWithin(reachOf(context), row.service))
    throw new Problem("not_found", "There is no incident of this id.");
  return row;
}

function selectPage(
  context: Context,
  filter: IncidentFilter,
  within: Within | null,
  also: RawBuilder<boolean> | undefined,
): Promise<IncidentRow[]> {
  let query = context.db.selectFrom("incidents").selectAll();
  if (within) query = query.where(serviceWithin(within));
  if (also) query = query.where(also);
  if (filter.service) query = query.where("service", "in", filter.service);
  if (filter.environment) query = query.where("environment", "in", filter.environment);
  if (filter.team) query = query.where("team", "in", filter.team);
  if (filter.severity) query = query.where("severity", "in", filter.severity);
  if (filter.open !== undefined)
    query = query.where("resolved_at", filter.open ? "is" : "is not", null);
  if (filter.from) query = query.where("opened_at", ">=", filter.from);
  if (filter.to) query = query.where("opened_at", "<", filter.to);
  if (filter.cursor)
    query = query.where(olderThan(decodeCursor(filter.cursor), { at: "opened_at" }));
  return query
    .orderBy("opened_at", "desc")
    .orderBy("id", "desc")
    .limit(filter.limit + 1)
    .execute();
}
