import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import { alertMemberId } from "@/lib/facts/keys";
import type { DirtyStream } from "@/lib/facts/mark-dirty";
import { placeSignal } from "@/lib/facts/place";
import { type Placed, savePlaced } from "@/lib/facts/save-placed";
import { type FactRow, type Standing, sourceOf } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";

/** Saves alerts; answers their places, and the streams of the incidents they say they belong to. */
export async function saveAlerts(
  trx: Transaction<Database>,
  config: Config,
  facts: readonly Merged<"alert">[],
): Promise<{ places: Placed[]; owners: DirtyStream[] }> {
  const before = await streamsOfIncidents(
    trx,
    facts.map((fact) => fact.id),
  );
  const places = await savePlaced(trx, "alerts", facts, (fact) => alertRow(config, fact));
  const changed = places.map((place) => place.id);
  const after = await streamsOfIncidents(trx, changed);
  return { places, owners: changed.length > 0 ? [...before, ...after] : [] };
}

function alertRow(
  config: Config,
  { id, key, fact: { members } }: Standing<"alert">,
): FactRow<"alerts"> {
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
    name: members.name,
    severity: members.severity ?? null,
    started_at: members.startedAt,
    ended_at: members.endedAt ?? null,
    labels: members.labels ?? {},
    summary: members.summary ?? null,
    url: members.url ?? null,
    declared_incident: members.incident ?? null,
    member_id: alertMemberId(key),
  };
}

async function streamsOfIncidents(
  trx: Transaction<Database>,
  alerts: readonly string[],
): Promise<DirtyStream[]> {
  if (alerts.length === 0) return [];
  const { rows } = await sql<DirtyStream>`
    select i.service, i.environment, least(i.opened_at, a.started_at) as "from"
    from alerts a
    join declared_incidents i on i.source = a.source and i.key = a.source || '/' || a.declared_incident
    where a.id = any(${[...alerts]}::text[])`.execute(trx);
  return rows;
}
