import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { cellsLock } from "@/lib/metrics/cells";

/** Where something counted stands, or stood. */
export interface CountedPlace {
  service: string | null;
  team: string | null;
  environment: string | null;
  at: Date;
}

/**
 * Marks every kept figure that these places fall into, whatever its bucket and
 * zone: of everything, of the team, of the service; of the environment and of
 * tier production. Cells are born under the same lock, so none misses a marking.
 */
export async function markCells(
  trx: Transaction<Database>,
  places: readonly CountedPlace[],
): Promise<void> {
  if (places.length === 0) return;
  await sql`select pg_advisory_xact_lock_shared(${cellsLock})`.execute(trx);
  await sql`
    with places as (
      -- No zone's day begins off the quarter hour.
      select distinct p.service, p.team, p.environment,
        date_bin('15 minutes', p.at, timestamptz '2000-01-01 00:00:00Z') as at
      from unnest(
        ${places.map((place) => place.service)}::text[],
        ${places.map((place) => place.team)}::text[],
        ${places.map((place) => place.environment)}::text[],
        ${places.map((place) => place.at.toISOString())}::timestamptz[]
      ) as p (service, team, environment, at)
    ),
    touched as (
      select cell.ctid
      from metric_cells cell
      where not cell.dirty
        and cell.starts_at <= (select max(at) from places)
        and cell.starts_at > (select min(at) from places) - interval '32 days'
        and exists (
        select from places p
        where p.at >= cell.starts_at
          and p.at < (cell.starts_at at time zone cell.timezone + ('1 ' || cell.bucket)::interval)
            at time zone cell.timezone
          and cell.environment in ('', p.environment)
          and (cell.scope = 'all'
            or (cell.scope = 'team' and cell.scope_name = p.team)
            or (cell.scope = 'service' and cell.scope_name = p.service))
      )
      order by scope, scope_name, environment, timezone, bucket, starts_at
      for update
    )
    update metric_cells set dirty = true where ctid in (select ctid from touched)`.execute(trx);
}
