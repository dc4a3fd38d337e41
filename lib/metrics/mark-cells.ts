import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";

/** Marking holds it shared to its end, claiming alone and shortly: no marking is under way at a claim. */
export const cellsLock = 7_402_001;

/** Marks every kept cell: all that is counted was replaced. */
export async function markEveryCell(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${cellsLock})`.execute(trx);
  await sql`update metric_cells set dirty = true where not dirty`.execute(trx);
}

/** Where something counted stands, or stood. */
export interface CountedPlace {
  service: string | null;
  team: string | null;
  environment: string | null;
  at: Date;
}

/**
 * Marks every kept cell that these places fall into, whatever its period and zone: of
 * everything, of the team, of the service; of the environment and of tier production.
 * Cells are claimed under the same lock, so that none misses a marking.
 */
export async function markCells(
  trx: Transaction<Database>,
  places: readonly CountedPlace[],
): Promise<void> {
  if (places.length === 0) return;
  await sql`select pg_advisory_xact_lock_shared(${cellsLock})`.execute(trx);
  await sql`
    with places as (
      -- No zone's day begins off the quarter hour, and no hour of it.
      select distinct p.service, p.team, p.environment,
        date_bin('15 minutes', p.at, timestamptz '2000-01-01 00:00:00Z') as at
      from unnest(
        ${places.map((place) => place.service)}::text[],
        ${places.map((place) => place.team)}::text[],
        ${places.map((place) => place.environment)}::text[],
        ${places.map((place) => place.at.toISOString())}::timestamptz[]
      ) as p (service, team, environment, at)
    ),
    kept as (
      select distinct m.id, p.at
      from places p
      join metric_places m on m.environment in ('', p.environment)
        and (m.scope = 'all'
          or (m.scope = 'team' and m.scope_name = p.team)
          or (m.scope = 'service' and m.scope_name = p.service))
    ),
    touched as (
      select distinct c.place_id, c.part, c.period, c.starts_at
      from kept k
      cross join (values ('tally'), ('stages')) as parts (part)
      cross join (values ('hour', interval '1 hour'), ('day', interval '3 days'),
        ('week', interval '9 days'), ('week_sunday', interval '9 days'), ('week_saturday', interval '9 days'),
        ('month', interval '33 days')) as periods (period, longest)
      join metric_cells c on c.place_id = k.id and c.part = parts.part
        and c.period = periods.period
        and c.starts_at > k.at - periods.longest and c.starts_at <= k.at and c.ends_at > k.at
      where not c.dirty
    ),
    held as materialized (
      select c.place_id, c.part, c.period, c.starts_at
      from metric_cells c join touched using (place_id, part, period, starts_at)
      where not c.dirty
      order by 1, 2, 3, 4
      for update of c
    )
    update metric_cells c set dirty = true
    from held h
    where c.place_id = h.place_id and c.part = h.part and c.period = h.period
      and c.starts_at = h.starts_at`.execute(trx);
}
