import { type Selectable, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { AlertsTable, DeclaredIncidentsTable } from "@/db/schema/signals";
import type { Config } from "@/lib/config";
import { teamOfService } from "@/lib/config/team-of-service";
import { resolveEnvironment } from "@/lib/deployments/environment";
import {
  type DeclaredIncident,
  type GroupableAlert,
  type GroupedIncident,
  groupIncidents,
  groupingGapMs,
} from "@/lib/deployments/group-incidents";
import type { StreamName } from "@/lib/deployments/read-stream";
import { causeCandidates } from "@/lib/facts/keys";
import { belongsElsewhere, type IncidentOfStream, ofStream } from "@/lib/facts/save-incidents";

/** A stream's incidents as they are to be stored, of those that opened since a moment. */
export interface GroupedSince {
  since: Date;
  incidents: IncidentOfStream[];
}

/**
 * The incidents of a stream as they are to be stored: those declared in it with
 * the alerts that name them, whatever their stream, and its other alerts in groups.
 * All that may have changed since `from`: a group that reaches over it is taken whole.
 */
export async function groupStream(
  trx: Transaction<Database>,
  config: Config,
  stream: StreamName,
  from: Date,
): Promise<GroupedSince> {
  const since = await beginningOfGroup(trx, stream, from);
  const declared = await trx
    .selectFrom("declared_incidents")
    .selectAll()
    .where(sql<boolean>`${ofStream(stream)}`)
    .where("opened_at", ">=", since)
    .execute();
  const alerts = await readAlerts(trx, stream, since);
  const groups = groupIncidents(
    alerts.map(alertOf),
    declared.map(declaredOf),
    config.incidents.severities,
  );
  const causes = await readCauses(trx, config, declared);
  const incidents = groups.map((group) => ({
    row: incidentRow(config, group, causes.get(group.id) ?? null),
    alerts: group.alerts,
  }));
  return { since, incidents };
}

/** The last alert until `from`, or from it on, that cannot belong to the group of the one before it. */
async function beginningOfGroup(
  trx: Transaction<Database>,
  stream: StreamName,
  from: Date,
): Promise<Date> {
  const { rows } = await sql<{ started_at: Date }>`
    select started_at
    from (
      select started_at, lead(started_at) over (order by started_at desc) as before
      from alerts where ${ofStream(stream)} and started_at <= ${from}
    ) as alert
    where before is null or started_at - before > ${groupingGapMs} * interval '1 millisecond'
    order by started_at desc limit 1`.execute(trx);
  const beginning = rows[0]?.started_at;
  if (!beginning) return from;
  return beginning;
}

/** Alerts that name an incident declared elsewhere belong there. */
async function readAlerts(
  trx: Transaction<Database>,
  stream: StreamName,
  since: Date,
): Promise<Selectable<AlertsTable>[]> {
  const { rows } = await sql<Selectable<AlertsTable>>`
    with declared as (
      select key from declared_incidents where ${ofStream(stream)} and opened_at >= ${since})
    select a.* from alerts a
    where a.declared_incident is not null
      and a.source || '/' || a.declared_incident in (select key from declared)
    union all
    select a.* from alerts a
    where ${ofStream(stream)} and a.started_at >= ${since} and not ${belongsElsewhere}`.execute(
    trx,
  );
  return rows;
}

function alertOf(row: Selectable<AlertsTable>): GroupableAlert {
  return {
    id: row.id,
    key: row.key,
    source: row.source,
    service: row.service,
    environment: row.environment,
    name: row.name,
    severity: row.severity,
    startedAt: row.started_at.getTime(),
    endedAt: row.ended_at?.getTime() ?? null,
    declaredIncident: row.declared_incident,
  };
}

function declaredOf(row: Selectable<DeclaredIncidentsTable>): DeclaredIncident {
  return {
    id: row.id,
    key: row.key,
    source: row.source,
    service: row.service,
    environment: row.environment,
    title: row.title,
    severity: row.severity,
    openedAt: row.opened_at.getTime(),
    acknowledgedAt: row.acknowledged_at?.getTime() ?? null,
    resolvedAt: row.resolved_at?.getTime() ?? null,
    cause: row.cause,
    url: row.url,
  };
}

/**
 * The public id of each declared cause: of the same sender's deployment or
 * release, else of whichever source's goes by that id, else the public id
 * itself. What is not known is no cause yet, and heals when it is told of.
 */
async function readCauses(
  trx: Transaction<Database>,
  config: Config,
  declared: readonly Selectable<DeclaredIncidentsTable>[],
): Promise<Map<string, string>> {
  const others = [
    ...[...config.sources, ...config.tokens].map(({ name }) => name),
    ...config.formerNames,
  ];
  const named = declared.flatMap(({ id, source, cause }) =>
    cause === null ? [] : [{ id, candidates: causeCandidates([source, ...others], cause) }],
  );
  if (named.length === 0) return new Map();
  const ids = named.flatMap(({ candidates }) => candidates);
  const { rows } = await sql<{ id: string }>`
    select id from releases where id = any(${ids}::text[])
    union all
    select id from deployments where id = any(${ids}::text[])`.execute(trx);
  const known = new Set(rows.map((row) => row.id));
  return new Map(
    named.flatMap(({ id, candidates }) => {
      const cause = candidates.find((candidate) => known.has(candidate));
      return cause === undefined ? [] : [[id, cause]];
    }),
  );
}

function incidentRow(
  config: Config,
  group: GroupedIncident,
  declaredCause: string | null,
): IncidentOfStream["row"] {
  const { service, environment } = group;
  return {
    id: group.id,
    title: group.title,
    service,
    environment,
    tier: environment ? resolveEnvironment(environment, config.environments).tier : null,
    team: service ? teamOfService(config, service) : null,
    severity: group.severity,
    opened_at: time(group.openedAt),
    acknowledged_at: group.acknowledgedAt === null ? null : time(group.acknowledgedAt),
    resolved_at: group.resolvedAt === null ? null : time(group.resolvedAt),
    first_sign_at: time(group.firstSignAt),
    url: group.url,
    declared_cause: declaredCause,
    members: group.members,
    sources: group.sources,
  };
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
