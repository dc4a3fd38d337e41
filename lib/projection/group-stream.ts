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
} from "@/lib/deployments/group-incidents";
import type { StreamName } from "@/lib/deployments/read-stream";
import { causeCandidates } from "@/lib/facts/keys";
import type { GroupedSince, IncidentOfStream } from "@/lib/facts/save-incidents";
import { beginningOfIncidents, readSignals } from "@/lib/projection/read-signals";

/**
 * The incidents of a stream as they are to be stored: those declared in it with
 * the alerts that name them, whatever their stream, and its other alerts in groups.
 * All that may have changed since `from`: what reaches over it is taken whole.
 */
export async function groupStream(
  trx: Transaction<Database>,
  config: Config,
  stream: StreamName,
  from: Date,
): Promise<GroupedSince> {
  const since = await beginningOfIncidents(trx, stream, from);
  const { alerts, declared } = await readSignals(trx, stream, since);
  const apart = await readApart(trx, alerts, declared);
  const groups = groupIncidents(
    alerts.map(alertOf),
    declared.map(declaredOf),
    config.incidents.severities,
    apart,
  ).filter((group) => isOf(stream, group));
  const causes = await readCauses(trx, config, declared);
  const incidents = groups.map((group) => ({
    row: incidentRow(
      config,
      group,
      group.declared.flatMap((id) => causes.get(id) ?? [])[0] ?? null,
    ),
    alerts: group.alerts,
  }));
  return { since, incidents, hasAlerts: alerts.length > 0 };
}

/** An alert that is held apart from another stream's incident brings that one along. */
function isOf({ service, environment }: StreamName, group: GroupedIncident): boolean {
  return (group.service ?? "") === service && (group.environment ?? "") === environment;
}

/** Which of these members a person holds apart. */
async function readApart(
  trx: Transaction<Database>,
  alerts: readonly Selectable<AlertsTable>[],
  declared: readonly Selectable<DeclaredIncidentsTable>[],
): Promise<Set<string>> {
  const members = [...alerts.map((row) => row.member_id), ...declared.map((row) => row.id)];
  if (members.length === 0) return new Set();
  const { rows } = await sql<{ member_id: string }>`
    select member_id from separations
    where kind = 'incident' and apart and member_id = any(${members}::text[])`.execute(trx);
  return new Set(rows.map((row) => row.member_id));
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
    select id from deployment_reports where id = any(${ids}::text[])`.execute(trx);
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
    apart: group.apart,
  };
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
