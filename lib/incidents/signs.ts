import { type Kysely, type Selectable, sql } from "kysely";
import type { Database } from "@/db/schema";
import type {
  AlertsTable,
  DeclaredIncidentsTable,
  IncidentsTable,
  SeparationsTable,
} from "@/db/schema/signals";
import { isWithin, type Within } from "@/lib/auth/reach";
import { iso } from "@/lib/deployments/deployment-answer";
import type { IncidentAnswer } from "@/lib/http/answers";

type AlertRow = Selectable<AlertsTable>;
type DeclaredRow = Selectable<DeclaredIncidentsTable>;
type SignsAnswer = Pick<IncidentAnswer, "alerts" | "signs" | "separated">;
type Sign = SignsAnswer["signs"][number];

/** What some incidents are made of, and what people hold apart from them. */
export interface Signs {
  alerts: readonly AlertRow[];
  declared: readonly DeclaredRow[];
  separations: readonly Selectable<SeparationsTable>[];
}

/** All of it, by what is stored with the incidents; alerts and declared incidents by their start. */
export async function readSigns(
  db: Kysely<Database>,
  rows: readonly Selectable<IncidentsTable>[],
): Promise<Signs> {
  const members = [...new Set(rows.flatMap((row) => [...row.members, ...row.apart]))];
  const [alerts, declared, separations] = await Promise.all([
    db
      .selectFrom("alerts")
      .selectAll()
      .where(sql<boolean>`member_id = any(${members}::text[])`)
      .orderBy("started_at")
      .orderBy("id")
      .execute(),
    db
      .selectFrom("declared_incidents")
      .selectAll()
      .where(sql<boolean>`id = any(${members}::text[])`)
      .orderBy("opened_at")
      .orderBy("id")
      .execute(),
    db
      .selectFrom("separations")
      .selectAll()
      .where("kind", "=", "incident")
      .where("apart", "=", true)
      .where(sql<boolean>`member_id = any(${members}::text[])`)
      .execute(),
  ]);
  return { alerts, declared, separations };
}

/** Of one incident, what lies within the reach: an alert of another service may be part of it. */
export function signsOf(
  { members, apart }: Pick<Selectable<IncidentsTable>, "members" | "apart">,
  all: Signs,
  within: Within | null,
): SignsAnswer {
  const ofThese = (ids: ReadonlySet<string>): Signs => ({
    alerts: all.alerts.filter((row) => ids.has(row.member_id) && isShown(row, within)),
    declared: all.declared.filter((row) => ids.has(row.id)),
    separations: all.separations,
  });
  const own = ofThese(new Set(members));
  return {
    alerts: [
      ...own.declared.filter((row) => !bringsAlert(row, own.alerts)).map(signOfDeclared),
      ...own.alerts.map(alertFields),
    ].sort(byStart),
    signs: allSigns(own),
    separated: separatedOf(ofThese(new Set([...members, ...apart]))),
  };
}

/** One of no service is the incident's. */
export function isShown({ service }: Pick<AlertRow, "service">, within: Within | null): boolean {
  return service === null || isWithin(within, service);
}

/** Whoever declares an incident without an alert of it says by that alone that something is wrong. */
function bringsAlert({ source, key }: DeclaredRow, alerts: readonly AlertRow[]): boolean {
  return alerts.some(
    (alert) => alert.source === source && `${source}/${alert.declared_incident}` === key,
  );
}

function alertFields(row: AlertRow): SignsAnswer["alerts"][number] {
  return { ...signOfAlert(row), id: row.id };
}

function allSigns({ alerts, declared }: Signs): Sign[] {
  return [...declared.map(signOfDeclared), ...alerts.map(signOfAlert)].sort(byStart);
}

function signOfAlert(row: AlertRow): Sign {
  return {
    id: row.member_id,
    source: row.source,
    kind: "alert",
    name: row.name,
    severity: row.severity,
    summary: row.summary,
    labels: row.labels,
    startedAt: row.started_at.toISOString(),
    endedAt: iso(row.ended_at),
    url: row.url,
  };
}

function signOfDeclared(row: DeclaredRow): Sign {
  return {
    id: row.id,
    source: row.source,
    kind: "incident",
    name: row.title,
    severity: row.severity,
    summary: null,
    labels: {},
    startedAt: row.opened_at.toISOString(),
    endedAt: iso(row.resolved_at),
    url: row.url,
  };
}

function separatedOf(signs: Signs): SignsAnswer["separated"] {
  const incidents = new Map(signs.alerts.map((row) => [row.member_id, row.incident_id]));
  return allSigns(signs).flatMap((sign) => {
    const word = signs.separations.find(({ member_id }) => member_id === sign.id);
    if (!word) return [];
    const { actor, note, at } = word;
    // A declared incident that stands alone goes by its own id.
    const incident = sign.kind === "incident" ? sign.id : (incidents.get(sign.id) ?? null);
    return { ...sign, incident, actor, note, at: at.toISOString() };
  });
}

function byStart(a: Pick<Sign, "startedAt" | "id">, b: Pick<Sign, "startedAt" | "id">): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
