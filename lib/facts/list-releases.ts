import { type Selectable, sql } from "kysely";
import type { ReleasesTable } from "@/db/schema/signals";
import { reachFor, serviceWithin } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { providerKey } from "@/lib/deployments/deployment-answer";
import { placeOf } from "@/lib/deployments/select-deployments";
import type { Page } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";
import type { ReleaseAnswer } from "@/lib/http/fact-answers";
import { type ReleaseFigure, triedBy } from "@/lib/metrics/rows-behind";

export interface ReleaseFilter {
  service?: string[];
  environment?: string[];
  team?: string[];
  tier?: string[];
  subject?: string[];
  /** Of flags that were switched off for failures, window and place are those of the failures. */
  figure?: ReleaseFigure;
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
  if (filter.subject) query = query.where("subject", "in", filter.subject);
  const place = placeOf(filter);
  query = query.where(
    filter.figure === "tried_flag_off" ? sql<boolean>`id in ${triedBy("flag_off", place)}` : place,
  );
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
