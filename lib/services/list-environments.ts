import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { reachFor, type Within } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { iso } from "@/lib/deployments/deployment-answer";
import type { Page } from "@/lib/http/answers";
import type { EnvironmentAnswer } from "@/lib/http/service-answers";

export interface EnvironmentFilter {
  service?: string[];
  environment?: string[];
  team?: string[];
}

/** What runs where: one row per stream that was ever deployed to, by service, then environment. */
export async function listEnvironments(
  context: Context,
  filter: EnvironmentFilter,
): Promise<Page<EnvironmentAnswer>> {
  const within = await reachFor(context, filter);
  const rows = await runningAndRolling(context.db, filter, within);
  const behind = await changesBehind(context.db, rows);
  const newest = newestByService(rows);
  return {
    items: rows.map((row) => ({
      service: row.service,
      environment: row.environment,
      tier: row.tier,
      running: row.running_id
        ? {
            deployment: row.running_id,
            revision: row.running_revision,
            version: row.running_version,
            artifact: row.running_artifact,
            since: (row.running_since ?? row.seen_at).toISOString(),
          }
        : null,
      rolling: row.rolling_id
        ? {
            deployment: row.rolling_id,
            status: row.rolling_status ?? "running",
            version: row.rolling_version,
            revision: row.rolling_revision,
            since: iso(row.rolling_since),
          }
        : null,
      changesBehind: behind.get(`${row.service}\0${row.environment}`) ?? null,
      sameArtifact: sameArtifact(row, newest.get(row.service)),
    })),
    nextCursor: null,
  };
}

interface StreamRow {
  service: string;
  environment: string;
  tier: string;
  seen_at: Date;
  running_id: string | null;
  running_revision: string | null;
  running_version: string | null;
  running_artifact: string | null;
  running_since: Date | null;
  rolling_id: string | null;
  rolling_status: string | null;
  rolling_version: string | null;
  rolling_revision: string | null;
  rolling_since: Date | null;
}

/** An attempt that never told its end stops being shown as rolling after this. */
const rollingAtMostHours = 24;

async function runningAndRolling(
  db: Kysely<Database>,
  filter: EnvironmentFilter,
  within: Within | null,
): Promise<StreamRow[]> {
  const services = filter.service ?? within?.services ?? null;
  const { rows } = await sql<StreamRow>`
    select s.service, s.environment, seen.tier, seen.at as seen_at,
      running.id as running_id, running.revision as running_revision,
      running.version as running_version, running.artifact as running_artifact,
      running.finished_at as running_since,
      rolling.id as rolling_id, rolling.status as rolling_status,
      rolling.version as rolling_version, rolling.revision as rolling_revision,
      coalesce(rolling.started_at, rolling.queued_at) as rolling_since
    from streams s
    cross join lateral (
      select tier, team, at from deployments d
      where d.service = s.service and d.environment = s.environment
      order by at desc, id desc limit 1
    ) as seen
    left join lateral (
      select * from deployments d
      where d.service = s.service and d.environment = s.environment and d.status = 'succeeded'
      order by at desc, id desc limit 1
    ) as running on true
    left join lateral (
      select * from deployments d
      where d.service = s.service and d.environment = s.environment
        and d.status in ('queued', 'running')
        and d.at > coalesce(running.started_at, running.at, '-infinity')
        and d.at > now() - make_interval(hours => ${rollingAtMostHours})
      order by at desc, id desc limit 1
    ) as rolling on true
    where (${services}::text[] is null or s.service = any(${services}::text[]))
      and (${filter.environment ?? null}::text[] is null
        or s.environment = any(${filter.environment ?? null}::text[]))
      and (${filter.team ?? null}::text[] is null or seen.team = any(${filter.team ?? null}::text[]))
    order by s.service, s.environment`.execute(db);
  return rows;
}

/** How many changes reached another environment of the service after what runs here did. */
async function changesBehind(
  db: Kysely<Database>,
  streams: readonly StreamRow[],
): Promise<Map<string, number>> {
  const here = streams.filter((row) => row.running_id !== null);
  if (here.length === 0) return new Map();
  const { rows } = await sql<{ service: string; environment: string; n: number }>`
    select here.service, here.environment, count(distinct ahead.revision) as n
    from unnest(
      ${here.map((row) => row.service)}::text[],
      ${here.map((row) => row.environment)}::text[],
      ${here.map((row) => (row.running_since ?? row.seen_at).toISOString())}::timestamptz[]
    ) as here (service, environment, since)
    left join deployment_changes ahead
      on ahead.service = here.service and ahead.environment <> here.environment
      and ahead.finished_at > here.since - interval '30 days'
      and not exists (
        select 1 from deployment_changes shipped
        where shipped.repository = ahead.repository and shipped.revision = ahead.revision
          and shipped.service = here.service and shipped.environment = here.environment
      )
      and exists (
        select 1 from deployment_changes first
        where first.service = here.service and first.environment = here.environment
          and first.finished_at < ahead.finished_at
      )
    group by here.service, here.environment`.execute(db);
  return new Map(rows.map((row) => [`${row.service}\0${row.environment}`, row.n]));
}

function newestByService(rows: readonly StreamRow[]): Map<string, StreamRow> {
  const newest = new Map<string, StreamRow>();
  for (const row of rows) {
    const known = newest.get(row.service);
    if (row.running_since && (!known?.running_since || row.running_since > known.running_since))
      newest.set(row.service, row);
  }
  return newest;
}

function sameArtifact(row: StreamRow, newest: StreamRow | undefined): boolean | null {
  if (!row.running_artifact || !newest?.running_artifact) return null;
  return row.running_artifact === newest.running_artifact;
}
