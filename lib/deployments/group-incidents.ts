import { publicId } from "@/lib/facts/keys";
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
  declaredCause: string | null;
  /** Public ids that answer with this incident: its own and its members'. */
  members: string[];
  sources: { source: string; key: string }[];
  /** Ids of its alerts, by start. */
  alerts: string[];
}

/** Alerts that start no further apart belong together. */
export const groupingGapMs = 10 * 60_000;

/**
 * Declared incidents with the alerts that name them, and the other alerts
 * grouped: those of one stream that start within ten minutes of the one before
 * are one incident. Only `openingSeverities` open one (lower case; "" stands for
 * an alert without severity); a lesser alert joins what is open. Sorted by opening.
 */
export function groupIncidents(
  alerts: readonly GroupableAlert[],
  declared: readonly DeclaredIncident[],
  openingSeverities: readonly string[],
): GroupedIncident[] {
  const ordered = [...new Map(alerts.map((alert) => [alert.id, alert])).values()].sort(
    (a, b) => a.startedAt - b.startedAt || compareText(a.key, b.key),
  );
  const declaredByKey = new Map(declared.map((incident) => [incident.key, incident]));
  const namedBy = new Map<string, GroupableAlert[]>();
  const free = new Map<string, GroupableAlert[]>();
  for (const alert of ordered) {
    const named = declaredByKey.get(`${alert.source}/${alert.declaredIncident}`);
    const stream = JSON.stringify([alert.service, alert.environment]);
    if (named) append(namedBy, named.key, alert);
    else append(free, stream, alert);
  }
  const opening = new Set(openingSeverities.map((severity) => severity.toLowerCase()));
  return [
    ...[...declaredByKey.values()].map((one) => ofDeclared(one, namedBy.get(one.key) ?? [])),
    ...[...free.values()].flatMap((own) => groupByStart(own, opening)).map(ofAlerts),
  ].sort((a, b) => a.openedAt - b.openedAt || compareText(a.id, b.id));
}

/** An alert's id among its incident's members. */
function memberId(alert: Pick<GroupableAlert, "key">): string {
  return publicId("incident", `alert:${alert.key}`);
}

type Group = [GroupableAlert, ...GroupableAlert[]];

function groupByStart(alerts: readonly GroupableAlert[], opening: ReadonlySet<string>): Group[] {
  const groups: Group[] = [];
  for (const alert of alerts) {
    const open = groups.at(-1);
    const latest = open?.at(-1);
    if (open && latest && alert.startedAt - latest.startedAt <= groupingGapMs) open.push(alert);
    else if (opening.has((alert.severity ?? "").toLowerCase())) groups.push([alert]);
  }
  return groups;
}

function ofAlerts(alerts: Group): GroupedIncident {
  const [first] = alerts;
  return {
    id: memberId(first),
    title: first.service === null ? first.name : `${first.name} on ${first.service}`,
    service: first.service,
    environment: first.environment,
    severity: worstSeverity(alerts.map((alert) => alert.severity)),
    openedAt: first.startedAt,
    acknowledgedAt: null,
    resolvedAt: lastEnd(alerts),
    firstSignAt: first.startedAt,
    url: null,
    declaredCause: null,
    members: alerts.map(memberId),
    sources: alerts.map(({ source, key }) => ({ source, key })),
    alerts: alerts.map((alert) => alert.id),
  };
}

function ofDeclared(
  incident: DeclaredIncident,
  alerts: readonly GroupableAlert[],
): GroupedIncident {
  const { id, title, service, environment, openedAt, acknowledgedAt, url } = incident;
  return {
    id,
    title,
    service,
    environment,
    severity: worstSeverity([incident.severity, ...alerts.map((alert) => alert.severity)]),
    openedAt,
    acknowledgedAt,
    resolvedAt: incident.resolvedAt ?? lastEnd(alerts),
    firstSignAt: Math.min(openedAt, ...alerts.map((alert) => alert.startedAt)),
    url,
    declaredCause: incident.cause,
    members: [id, ...alerts.map(memberId)],
    sources: [incident, ...alerts].map(({ source, key }) => ({ source, key })),
    alerts: alerts.map((alert) => alert.id),
  };
}

/** When the last alert ended; null while one fires, and of none. */
function lastEnd(alerts: readonly GroupableAlert[]): number | null {
  const ends = alerts.map((alert) => alert.endedAt).filter((end) => end !== null);
  return ends.length > 0 && ends.length === alerts.length ? Math.max(...ends) : null;
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
