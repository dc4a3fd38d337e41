import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { type Indicator, indicatorSources, indicators } from "@/lib/slo/indicators";
import { sloCellsLock } from "@/lib/slo/recount-days";

/** Where an event stands, or stood. A member left out may be any. */
export interface SloPlace {
  service?: string | null;
  team?: string | null;
  repository?: string | null;
  at: Date;
}

/** Marks the kept days that deployments and their changes at these places fall into. */
export function markDeploymentSlos(
  trx: Transaction<Database>,
  places: readonly SloPlace[],
): Promise<void> {
  const concerned = indicators.filter((each) =>
    ["deployments", "changes"].includes(indicatorSources[each]),
  );
  // A deployment's place does not say its repository.
  return mark(
    trx,
    concerned,
    places.map((place) => ({ ...place, repository: undefined })),
  );
}

/** Marks the kept days of these indicators that the repositories' events fall into. */
export function markRepositorySlos(
  trx: Transaction<Database>,
  indicator: Extract<Indicator, "build_duration" | "main_broken">,
  places: readonly { repository: string; at: Date }[],
): Promise<void> {
  return mark(trx, [indicator], places);
}

async function mark(
  trx: Transaction<Database>,
  concerned: readonly Indicator[],
  places: readonly SloPlace[],
): Promise<void> {
  if (places.length === 0) return;
  await sql`select pg_advisory_xact_lock_shared(${sloCellsLock})`.execute(trx);
  await sql`
    with places as (
      select distinct p.service, p.team, lower(p.repository) as repository, p.any_repository,
        (p.at at time zone 'UTC')::date as day
      from unnest(
        ${places.map(({ service }) => service ?? null)}::text[],
        ${places.map(({ team }) => team ?? null)}::text[],
        ${places.map(({ repository }) => repository ?? null)}::text[],
        ${places.map(({ repository }) => repository === undefined)}::boolean[],
        ${places.map(({ at }) => at.toISOString())}::timestamptz[]
      ) as p (service, team, repository, any_repository, at)
    ),
    touched as (
      select cell.ctid
      from (
        select distinct m.id, p.day from slo_measures m join places p on m.scope = 'all'
          or (m.scope = 'service' and p.service = any(m.names))
          or (m.scope = 'team' and p.team = any(m.names))
          or (m.scope = 'repository' and (p.any_repository or p.repository = any(m.names)))
        where m.indicator = any(${[...concerned]}::text[])
      ) as wanted
      join slo_cells cell on cell.measure_id = wanted.id and cell.day = wanted.day
      where not cell.dirty
      order by cell.measure_id, cell.day
      for update of cell
    )
    update slo_cells set dirty = true where ctid in (select ctid from touched)`.execute(trx);
}
