import type { Selectable } from "kysely";
import type { ReleasesTable } from "@/db/schema/signals";
import { reachFor, serviceWithin } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { providerKey } from "@/lib/deployments/deployment-answer";
import type { Page } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";
import type { ReleaseAnswer } from "@/lib/http/fact-answers";

export interface ReleaseFilter {
  service?: string[];
  environment?: string[];
  team?: string[];
  subject?: string[];
  from?: Date;
  to?: Date;
  cursor?: string;
  limit: number;
}

/** Releases (flags, tags, configuration and the like) newest first, a page at a time. */
export async function listReleases(
  context: Context,
  filter: ReleaseFilter,
): Promise<Page<ReleaseAnswer>> {
  const within = await reachFor(context, filter);
  let query = context.db.selectFrom("releases").selectAll();
  if (within) query = query.where(serviceWithin(within));
  if (filter.service) query = query.where("service", "in", filter.service);
  if (filter.environment) query = query.where("environment", "in", filter.environment);
  if (filter.team) query = query.where("team", "in", filter.team);
  if (filter.subject) query = query.where("subject", "in", filter.subject);
  if (filter.from) query = query.where("at", ">=", filter.from);
  if (filter.to) query = query.where("at", "<", filter.to);
  if (filter.cursor) query = query.where(olderThan(decodeCursor(filter.cursor)));
  const rows = await query
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(filter.limit + 1)
    .execute();
  return page(rows, filter.limit, (row) => row, releaseAnswer);
}

function releaseAnswer(row: Selectable<ReleasesTable>): ReleaseAnswer {
  return {
    id: row.id,
    service: row.service,
    team: row.team,
    environment: row.environment,
    tier: row.tier,
    subject: row.subject,
    flag: row.flag,
    percent: row.percent,
    enabled: row.enabled,
    version: row.version,
    title: row.title,
    author: row.author,
    at: row.at.toISOString(),
    url: row.url,
    sources: [{ source: row.source, key: providerKey(row.source, row.key) }],
  };
}
