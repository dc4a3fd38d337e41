import type { Selectable } from "kysely";
import { z } from "zod";
import type { AlertsTable } from "@/db/schema/signals";
import { reachFor, serviceWithin } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { iso, providerKey } from "@/lib/deployments/deployment-answer";
import { type Page, sourceReference, time } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";

export const alertAnswer = z.object({
  id: z.string(),
  incident: z.string().nullable(),
  service: z.string().nullable(),
  team: z.string().nullable(),
  environment: z.string().nullable(),
  name: z.string(),
  severity: z.string().nullable(),
  summary: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  startedAt: time,
  endedAt: time.nullable(),
  url: z.string().nullable(),
  sources: z.array(sourceReference),
});
export type AlertAnswer = z.infer<typeof alertAnswer>;

export interface AlertFilter {
  service?: string[];
  environment?: string[];
  team?: string[];
  firing?: boolean;
  from?: Date;
  to?: Date;
  cursor?: string;
  limit: number;
}

/** Alerts by when they started, newest first, a page at a time. */
export async function listAlerts(
  context: Context,
  filter: AlertFilter,
): Promise<Page<AlertAnswer>> {
  const within = await reachFor(context, filter);
  let query = context.db.selectFrom("alerts").selectAll();
  if (within) query = query.where(serviceWithin(within));
  if (filter.service) query = query.where("service", "in", filter.service);
  if (filter.environment) query = query.where("environment", "in", filter.environment);
  if (filter.team) query = query.where("team", "in", filter.team);
  if (filter.firing !== undefined)
    query = query.where("ended_at", filter.firing ? "is" : "is not", null);
  if (filter.from) query = query.where("started_at", ">=", filter.from);
  if (filter.to) query = query.where("started_at", "<", filter.to);
  if (filter.cursor)
    query = query.where(olderThan(decodeCursor(filter.cursor), { at: "started_at" }));
  const rows = await query
    .orderBy("started_at", "desc")
    .orderBy("id", "desc")
    .limit(filter.limit + 1)
    .execute();
  return page(rows, filter.limit, (row) => ({ at: row.started_at, id: row.id }), alertFields);
}

function alertFields(row: Selectable<AlertsTable>): AlertAnswer {
  return {
    id: row.id,
    incident: row.incident_id,
    service: row.service,
    team: row.team,
    environment: row.environment,
    name: row.name,
    severity: row.severity,
    summary: row.summary,
    labels: row.labels,
    startedAt: row.started_at.toISOString(),
    endedAt: iso(row.ended_at),
    url: row.url,
    sources: [{ source: row.source, key: providerKey(row.source, row.key) }],
  };
}
