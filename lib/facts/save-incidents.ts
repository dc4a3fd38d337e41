import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { StreamName } from "@/lib/deployments/read-stream";
import type { DirtyStream } from "@/lib/facts/mark-dirty";
import { type FactRow, upsertRows } from "@/lib/facts/save-rows";

/** An incident as grouping makes it, with the public ids of its alerts. */
export interface IncidentOfStream {
  row: FactRow<"incidents"> & { id: string; members: string[] };
  alerts: string[];
}

export interface SavedIncidents {
  /** Public ids of incidents that came, changed or went. */
  changed: string[];
  /** Streams other than theirs in which what is blamed for them was deployed. */
  blamed: DirtyStream[];
}

/**
 * Makes the incidents of a stream, and which alerts belong to them, exactly
 * what grouping says; writes only what differs.
 */
export async function saveIncidents(
  trx: Transaction<Database>,
  stream: StreamName,
  incidents: readonly IncidentOfStream[],
  matchThreshold: number,
): Promise<SavedIncidents> {
  const rows = incidents.map((incident) => incident.row);
  const gone = await removeOthers(
    trx,
    stream,
    rows.map((row) => row.id),
  );
  const written = await upsertRows(trx, "incidents", rows, ["id"]);
  await saveMemberships(trx, stream, incidents);
  const members = [...gone, ...rows.filter(({ id }) => written.includes(id))].flatMap(
    (row) => row.members,
  );
  return {
    changed: [...written, ...gone.map((incident) => incident.id)],
    blamed: await streamsBlamedFor(trx, members, matchThreshold),
  };
}

async function removeOthers(
  trx: Transaction<Database>,
  stream: StreamName,
  ids: readonly string[],
): Promise<{ id: string; members: string[] }[]> {
  const { rows } = await sql<{ id: string; members: string[] }>`
    delete from incidents
    where ${ofStream(stream)} and not (id = any(${[...ids]}::text[]))
    returning id, members`.execute(trx);
  return rows;
}

async function saveMemberships(
  trx: Transaction<Database>,
  stream: StreamName,
  incidents: readonly IncidentOfStream[],
): Promise<void> {
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
      where (a.id = any(${alerts}::text[]) or (${ofStream(stream)} and not ${belongsElsewhere}))
        and a.incident_id is distinct from told.incident
      order by a.id
      for update of a
    )
    update alerts set incident_id = wrong.incident from wrong where alerts.id = wrong.id`.execute(
    trx,
  );
}

/** An alert that names a declared incident is told of with that incident's stream. */
export const belongsElsewhere = sql`exists (
  select from declared_incidents i
  where a.declared_incident is not null and i.key = a.source || '/' || a.declared_incident)`;

/** Rows without a service or environment stand in the stream named ''. */
export function ofStream({ service, environment }: StreamName) {
  const byService = service === "" ? sql`service is null` : sql`service = ${service}`;
  const byEnvironment =
    environment === "" ? sql`environment is null` : sql`environment = ${environment}`;
  return sql`${byService} and ${byEnvironment}`;
}

/** Where the deployments ran that are declared, said or likely enough to have caused these incidents. */
async function streamsBlamedFor(
  trx: Transaction<Database>,
  members: readonly string[],
  matchThreshold: number,
): Promise<DirtyStream[]> {
  if (members.length === 0) return [];
  const { rows } = await sql<DirtyStream>`
    with blamed as (
      select declared_cause as id from incidents where members && ${[...members]}::text[]
      union
      select change ->> 'id' from verdicts, jsonb_array_elements(changes || rejected) as change
      where incident_id = any(${[...members]}::text[])
      union
      select suspect ->> 'id' from assessments, jsonb_array_elements(suspects) as suspect
      where incident_id = any(${[...members]}::text[])
        and (suspect ->> 'probability')::float8 >= ${matchThreshold}
    )
    select d.service, d.environment, min(d.at) as "from"
    from blamed join deployments d on d.id = blamed.id
    group by d.service, d.environment`.execute(trx);
  return rows;
}
