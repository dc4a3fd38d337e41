import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import { publicId } from "@/lib/facts/keys";
import type { DirtyStream } from "@/lib/facts/mark-dirty";
import { placeSignal } from "@/lib/facts/place";
import { savePlaced } from "@/lib/facts/save-placed";
import { type FactRow, type Standing, sourceOf } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";

/** Saves incidents as declared; answers their streams and those of the alerts that name them. */
export async function saveDeclaredIncidents(
  trx: Transaction<Database>,
  config: Config,
  facts: readonly Merged<"incident">[],
): Promise<DirtyStream[]> {
  const before = await streamsOfIncidents(
    trx,
    facts.map((fact) => fact.id),
  );
  const places = await savePlaced(trx, "declared_incidents", facts, (fact) =>
    incidentRow(config, fact),
  );
  if (places.length === 0) return [];
  const changed = places.map((place) => place.id);
  const after = await streamsOfIncidents(trx, changed);
  const members = await streamsOfAlerts(
    trx,
    places.map((place) => place.key),
  );
  return [...before.filter(({ id }) => changed.includes(id)), ...after, ...members];
}

/** From their first signs, at which they may join what else their streams tell. */
async function streamsOfIncidents(
  trx: Transaction<Database>,
  ids: readonly string[],
): Promise<(DirtyStream & { id: string })[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<DirtyStream & { id: string }>`
    select i.id, i.service, i.environment, least(i.opened_at, (
      select min(a.started_at) from alerts a
      where a.declared_incident is not null and a.source || '/' || a.declared_incident = i.key
    )) as "from"
    from declared_incidents i where i.id = any(${[...ids]}::text[])`.execute(trx);
  return rows;
}

function incidentRow(
  config: Config,
  { id, key, fact: { members } }: Standing<"incident">,
): FactRow<"declared_incidents"> {
  const place = placeSignal(config, members);
  return {
    id,
    source: sourceOf(key),
    key,
    raw_service: members.service ?? null,
    raw_environment: members.environment ?? null,
    service: place.service,
    environment: place.environment,
    tier: place.tier,
    team: place.team,
    repository: place.repository,
    title: members.title,
    severity: members.severity ?? null,
    opened_at: members.openedAt,
    acknowledged_at: members.acknowledgedAt ?? null,
    resolved_at: members.resolvedAt ?? null,
    cause: members.cause ?? null,
    url: members.url ?? null,
  };
}

async function streamsOfAlerts(
  trx: Transaction<Database>,
  incidents: readonly string[],
): Promise<DirtyStream[]> {
  if (incidents.length === 0) return [];
  const { rows } = await sql<DirtyStream>`
    select service, environment, started_at as "from" from alerts
    where declared_incident is not null
      and source || '/' || declared_incident = any(${[...incidents]}::text[])`.execute(trx);
  return rows;
}

/**
 * Incidents that may declare one of these deployments or releases, by natural
 * key, as their cause: senders name it by its id at any source, or by its public id.
 */
export async function streamsBlaming(
  trx: Transaction<Database>,
  keys: readonly string[],
): Promise<DirtyStream[]> {
  if (keys.length === 0) return [];
  const names = keys.flatMap((key) => [
    key.slice(key.indexOf("/") + 1),
    publicId("deployment", key),
    publicId("release", key),
  ]);
  const { rows } = await sql<DirtyStream>`
    select service, environment, opened_at as "from" from declared_incidents
    where cause = any(${names}::text[])`.execute(trx);
  return rows;
}
