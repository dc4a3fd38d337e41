import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { StreamName } from "@/lib/deployments/read-stream";
import type { DirtyStream } from "@/lib/facts/mark-dirty";
import { deleteRows, type FactRow, upsertRows } from "@/lib/facts/save-rows";

/** An incident as grouping makes it, with the public ids of its alerts. */
export interface IncidentOfStream {
  row: FactRow<"incidents"> & { id: string; members: string[] };
  alerts: string[];
}

/** A stream's incidents as they are to be stored, of those that opened since a moment. */
export interface GroupedSince {
  since: Date;
  incidents: IncidentOfStream[];
  /** Whether the stream has alerts since then, of an incident or of none. */
  hasAlerts: boolean;
}

export interface SavedIncidents {
  /** Public ids of incidents that came, changed or went. */
  changed: string[];
  /** Streams in which they stood, and those in which what is or was blamed for them was deployed. */
  concerned: DirtyStream[];
}

/**
 * Makes the incidents of a stream that opened since a moment, and which alerts
 * belong to them, exactly what grouping says; writes only what differs.
 */
export async function saveIncidents(
  trx: Transaction<Database>,
  stream: StreamName,
  grouped: GroupedSince,
  matchThreshold: number,
): Promise<SavedIncidents> {
  const { since, incidents } = grouped;
  const rows = incidents.map((incident) => incident.row);
  const ids = rows.map((row) => row.id);
  const before = await readStanding(
    trx,
    sql`(${ofStream(stream)} and opened_at >= ${since}) or id = any(${ids}::text[])`,
  );
  const gone = before.filter(({ id }) => !ids.includes(id)).map(({ id }) => id);
  await deleteRows(trx, "incidents", "id", gone);
  const written = await upsertRows(trx, "incidents", rows, ["id"]);
  await saveMemberships(trx, stream, grouped);
  const changed = [...written, ...gone];
  if (changed.length === 0) return { changed, concerned: [] };
  const after = await readStanding(trx, sql`id = any(${written}::text[])`);
  const stood = [...before.filter(({ id }) => changed.includes(id)), ...after];
  return {
    changed,
    concerned: [...stood, ...(await streamsBlamedFor(trx, stood, matchThreshold))],
  };
}

interface StandingIncident extends DirtyStream {
  id: string;
  members: string[];
  declaredCause: string | null;
}

/** Incidents as they are stored. */
async function readStanding(
  trx: Transaction<Database>,
  condition: RawBuilder<unknown>,
): Promise<StandingIncident[]> {
  const { rows } = await sql<StandingIncident>`
    select id, members, declared_cause as "declaredCause", service, environment,
      least(first_sign_at, opened_at) as "from"
    from incidents where ${condition}`.execute(trx);
  return rows;
}

async function saveMemberships(
  trx: Transaction<Database>,
  stream: StreamName,
  { since, incidents, hasAlerts }: GroupedSince,
): Promise<void> {
  if (!hasAlerts) return;
  const alerts = incidents.flatMap((incident) => incident.alerts);
  const owners = incidents.flatMap(({ row, alerts }) => alerts.map(() => row.id));
  await sql`
    with told as (
      select alert, incident
      from unnest(${alerts}::text[], ${owners}::text[]) as told (alert, incident)
    ),
    wrong as (
      select a.id, told.incident from alerts a
      left join told on told.alert = a.id
      where (a.id = any(${alerts}::text[]) or
        (${ofStream(stream)} and a.started_at >= ${since} and not ${belongsElsewhere}))
        and a.incident_id is distinct from told.incident
      order by a.id
      for update of a
    )
    update alerts set incident_id = wrong.incident from wrong where alerts.id = wrong.id`.execute(
    trx,
  );
}

/** The alert (`a`) names an incident that its sender declared. */
const namesDeclared = sql`exists (
  select from declared_incidents i
  where a.declared_incident is not null and i.key = a.source || '/' || a.declared_incident)`;

/** A person holds the alert (`a`) apart. */
export const isHeldApart = sql`exists (
  select from separations s where s.kind = 'incident' and s.member_id = a.member_id and s.apart)`;

/** It is told of with that incident's stream, unless a person parted them. */
export const belongsElsewhere = sql`(${namesDeclared} and not ${isHeldApart})`;

/** Rows without a service or environment stand in the stream named ''; `table` is what a join calls it. */
export function ofStream({ service, environment }: StreamName, table?: string) {
  const of = (column: string) => sql.ref(table ? `${table}.${column}` : column);
  const is = (column: string, name: string) =>
    name === "" ? sql`${of(column)} is null` : sql`${of(column)} = ${name}`;
  return sql`${is("service", service)} and ${is("environment", environment)}`;
}

/** Where the deployments ran that are declared, said or likely enough to have caused these incidents. */
async function streamsBlamedFor(
  trx: Transaction<Database>,
  incidents: readonly StandingIncident[],
  matchThreshold: number,
): Promise<DirtyStream[]> {
  if (incidents.length === 0) return [];
  const members = incidents.flatMap((incident) => incident.members);
  const declared = incidents.flatMap(({ declaredCause }) => declaredCause ?? []);
  const { rows } = await sql<DirtyStream>`
    with blamed as (
      select unnest(${declared}::text[]) as id
      union
      select change ->> 'id' from verdicts, jsonb_array_elements(changes || rejected) as change
      where incident_id = any(${members}::text[])
      union
      select suspect ->> 'id' from assessments, jsonb_array_elements(suspects) as suspect
      where incident_id = any(${members}::text[])
        and (suspect ->> 'probability')::float8 >= ${matchThreshold}
    )
    select d.service, d.environment, min(d.at) as "from"
    from blamed join deployment_reports report on report.id = blamed.id
    join deployments d on d.id = report.deployment_id
    group by d.service, d.environment`.execute(trx);
  return rows;
}
