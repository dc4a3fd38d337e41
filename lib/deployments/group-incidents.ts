import { alertMemberId } from "@/lib/facts/keys";
import { type Unit, unitOfDeclared, unitsOfAlerts } from "./incident-units";
import { type Cluster, joinUnits } from "./join-units";
import { worstSeverity } from "./severity";

/** An alert as reported and resolved. Times are epoch milliseconds. */
export interface GroupableAlert {
  id: string;
  /** Source and the sender's id, as `alerts/8f3a`. */
  key: string;
  source: string;
  service: string | null;
  environment: string | null;
  name: string;
  severity: string | null;
  startedAt: number;
  endedAt: number | null;
  /** The sender's own id of the incident it belongs to. */
  declaredIncident: string | null;
}

/** An incident as a sender declared it. */
export interface DeclaredIncident {
  id: string;
  key: string;
  source: string;
  service: string | null;
  environment: string | null;
  title: string;
  severity: string | null;
  openedAt: number;
  acknowledgedAt: number | null;
  resolvedAt: number | null;
  cause: string | null;
  url: string | null;
}

export interface GroupedIncident {
  id: string;
  title: string;
  service: string | null;
  environment: string | null;
  severity: string | null;
  openedAt: number;
  acknowledgedAt: number | null;
  resolvedAt: number | null;
  firstSignAt: number;
  url: string | null;
  /** Ids of its declared incidents, in the order of their first signs. */
  declared: string[];
  /** Public ids that answer with this incident: its own and its members'. */
  members: string[];
  sources: { source: string; key: string }[];
  /** Ids of its alerts, by start. */
  alerts: string[];
  /** Public ids of the members that a person holds apart from it. */
  apart: string[];
}

/**
 * The incidents that these signals are. A declared incident with the alerts that
 * name it is a unit, and so are the other alerts of a stream that each start
 * within ten minutes of the one before. Units of one stream from different
 * sources within ten minutes are one incident. Only `openingSeverities` open one
 * (lower case; "" stands for an alert without severity); a lesser alert joins
 * what is open. What is `apart`, by member id, stands alone. Sorted by opening.
 */
export function groupIncidents(
  alerts: readonly GroupableAlert[],
  declared: readonly DeclaredIncident[],
  openingSeverities: readonly string[],
  apart: ReadonlySet<string> = new Set(),
): GroupedIncident[] {
  const opening = new Set(openingSeverities.map((severity) => severity.toLowerCase()));
  const opens = ({ severity }: GroupableAlert) => opening.has((severity ?? "").toLowerCase());
  const units = unitsOf(alerts, declared, opens, apart);
  const streams = new Map<string, Unit[]>();
  const alone: Unit[] = [];
  for (const unit of units) {
    if (unit.service === null || unit.environment === null) alone.push(unit);
    else append(streams, JSON.stringify([unit.service, unit.environment]), unit);
  }
  return [
    ...[...streams.values()].flatMap((ofStream) => joinUnits(ofStream, apart)),
    ...alone.map((unit): Cluster => ({ units: [unit], apart: unit.apart })),
    ...units.flatMap(({ parted }) => parted).map(standingAlone),
  ]
    .filter(({ units }) => units.some((unit) => unit.declared || unit.alerts.some(opens)))
    .map(incidentOf)
    .sort((a, b) => a.openedAt - b.openedAt || compareText(a.id, b.id));
}

function unitsOf(
  alerts: readonly GroupableAlert[],
  declared: readonly DeclaredIncident[],
  opens: (alert: GroupableAlert) => boolean,
  apart: ReadonlySet<string>,
): Unit[] {
  const ordered = [...new Map(alerts.map((alert) => [alert.id, alert])).values()].sort(byStart);
  const declaredByKey = new Map(declared.map((incident) => [incident.key, incident]));
  const namedBy = new Map<string, GroupableAlert[]>();
  const free = new Map<string, GroupableAlert[]>();
  for (const alert of ordered) {
    const named = declaredByKey.get(`${alert.source}/${alert.declaredIncident}`);
    if (named) append(namedBy, named.key, alert);
    else append(free, JSON.stringify([alert.service, alert.environment]), alert);
  }
  return [
    ...[...declaredByKey.values()].map((one) =>
      unitOfDeclared(one, namedBy.get(one.key) ?? [], apart),
    ),
    ...[...free.values()].flatMap((own) => unitsOfAlerts(own, opens, apart)),
  ];
}

function standingAlone(alert: GroupableAlert): Cluster {
  return { units: unitsOfAlerts([alert], () => true, new Set()), apart: [] };
}

function incidentOf({ units, apart }: Cluster): GroupedIncident {
  const declared = units.flatMap((unit) => unit.declared ?? []);
  const alerts = units.flatMap((unit) => unit.alerts).sort(byStart);
  const [lead] = declared;
  const [first] = alerts;
  const { service = null, environment = null } = units[0] ?? {};
  const acknowledged = declared.flatMap(({ acknowledgedAt }) => acknowledgedAt ?? []);
  const openings = units.flatMap(
    (unit) => unit.declared?.openedAt ?? startsOf(unit.alerts)[0] ?? [],
  );
  const own = alerts.map((alert) => alertMemberId(alert.key));
  return {
    id: lead?.id ?? own[0] ?? "",
    title: lead?.title ?? titleOf(first?.name ?? "", service),
    service,
    environment,
    severity: worstSeverity([...declared, ...alerts].map(({ severity }) => severity)),
    openedAt: Math.min(...openings),
    acknowledgedAt: acknowledged.length > 0 ? Math.min(...acknowledged) : null,
    resolvedAt: resolutionOf(units, alerts),
    firstSignAt: Math.min(...openings, ...startsOf(alerts)),
    url: declared.find(({ url }) => url !== null)?.url ?? null,
    declared: declared.map(({ id }) => id),
    members: [...declared.map(({ id }) => id), ...own],
    sources: [...declared, ...alerts].map(({ source, key }) => ({ source, key })),
    alerts: alerts.map((alert) => alert.id),
    apart,
  };
}

function titleOf(name: string, service: string | null): string {
  return service === null ? name : `${name} on ${service}`;
}

/** When the last of what was declared was resolved; where nothing was, when the last alert ended. */
function resolutionOf(units: readonly Unit[], alerts: readonly GroupableAlert[]): number | null {
  const declared = units.filter((unit) => unit.declared);
  if (declared.length === 0) return last(alerts.map((alert) => alert.endedAt));
  return last(
    declared.map(
      (unit) => unit.declared?.resolvedAt ?? last(unit.alerts.map((alert) => alert.endedAt)),
    ),
  );
}

/** Null while one of them is, and of none. */
function last(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length > 0 && known.length === moments.length ? Math.max(...known) : null;
}

function startsOf(alerts: readonly GroupableAlert[]): number[] {
  return alerts.map((alert) => alert.startedAt);
}

function byStart(a: GroupableAlert, b: GroupableAlert): number {
  return a.startedAt - b.startedAt || compareText(a.key, b.key);
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
