import { type Kysely, type Selectable, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { IncidentsTable, VerdictsTable } from "@/db/schema/signals";
import type { Within } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { iso, providerKey } from "@/lib/deployments/deployment-answer";
import { meantChanges, meantId } from "@/lib/deployments/meant-changes";
import { readWholes, type Whole } from "@/lib/deployments/read-wholes";
import type { IncidentAnswer } from "@/lib/http/answers";
import { withoutOutsideChanges } from "@/lib/incidents/outside-changes";
import { isShown, readSigns, signsOf } from "@/lib/incidents/signs";

export type IncidentRow = Selectable<IncidentsTable>;
type VerdictRow = Selectable<VerdictsTable>;
type Cause = NonNullable<IncidentAnswer["cause"]>;

/**
 * Incidents with their alerts, verdicts and causes, in the order of the rows;
 * of these what lies within the reach: a cause elsewhere is not told.
 */
export async function incidentAnswers(
  { db, config }: Pick<Context, "db" | "config">,
  rows: readonly IncidentRow[],
  within: Within | null,
): Promise<IncidentAnswer[]> {
  if (rows.length === 0) return [];
  const { threshold } = config.matching;
  const members = rows.flatMap((row) => row.members);
  const [signs, verdicts, matches, releases] = await Promise.all([
    readSigns(db, rows),
    db.selectFrom("verdicts").selectAll().where("incident_id", "in", members).execute(),
    topMatches(db, rows),
    releasesAmong(
      db,
      rows.flatMap((row) => row.declared_cause ?? []),
    ),
  ]);
  const hidden = new Set(
    signs.alerts.filter((alert) => !isShown(alert, within)).map(({ key }) => key),
  );
  const said = rows.map((row) => latestVerdict(verdicts, row.members));
  const wholes = await readWholes(db, [
    ...said.flatMap((verdict) => (verdict ? changesNamed(verdict) : [])),
    ...rows.flatMap((row) => row.declared_cause ?? []),
    ...[...matches.values()].flatMap(({ id }) => id ?? []),
  ]);
  const answers = rows.map((row, index) => {
    const verdict = said[index] ? verdictAnswerOf(said[index], wholes) : null;
    return {
      ...incidentFields(row, hidden),
      ...signsOf(row, signs, within),
      verdict,
      cause: causeOf(row, verdict, matches.get(row.id) ?? null, { threshold, releases, wholes }),
    };
  });
  return withoutOutsideChanges(db, within, answers);
}

function incidentFields(
  row: IncidentRow,
  hidden: ReadonlySet<string>,
): Omit<IncidentAnswer, "alerts" | "signs" | "separated" | "verdict" | "cause"> {
  return {
    id: row.id,
    title: row.title,
    service: row.service,
    team: row.team,
    environment: row.environment,
    severity: row.severity,
    openedAt: row.opened_at.toISOString(),
    acknowledgedAt: iso(row.acknowledged_at),
    resolvedAt: iso(row.resolved_at),
    firstSignAt: row.first_sign_at.toISOString(),
    url: row.url,
    sources: row.sources
      .filter(({ key }) => !hidden.has(key))
      .map(({ source, key }) => ({ source, key: providerKey(source, key) })),
  };
}

/** The latest word on any member of the incident. */
export function latestVerdict(
  verdicts: readonly VerdictRow[],
  members: readonly string[],
): VerdictRow | null {
  return (
    verdicts
      .filter((verdict) => members.includes(verdict.incident_id))
      .sort(
        (a, b) => b.at.getTime() - a.at.getTime() || (a.incident_id < b.incident_id ? -1 : 1),
      )[0] ?? null
  );
}

type VerdictAnswer = NonNullable<IncidentAnswer["verdict"]>;

/** Public ids of what a verdict speaks of, as it was said: of reports, where those are deployments. */
export function changesNamed({ changes, rejected }: VerdictRow): string[] {
  return [...(changes as VerdictAnswer["changes"]), ...(rejected as VerdictAnswer["changes"])].map(
    ({ id }) => id,
  );
}

export function verdictAnswerOf(
  row: VerdictRow,
  wholes: ReadonlyMap<string, Whole>,
): VerdictAnswer {
  const { changes, rejected } = row as Pick<VerdictAnswer, "changes" | "rejected">;
  return {
    verdict: row.verdict as "confirmed" | "none" | null,
    ...meantChanges({ changes, rejected }, wholes),
    note: row.note,
    actor: row.actor,
    at: row.at.toISOString(),
  };
}

interface Match {
  kind: string;
  id: string | null;
  probability: number;
}

/** The first suspect of each incident's latest assessment, on whichever of its members it was made. */
async function topMatches(
  db: Kysely<Database>,
  incidents: readonly IncidentRow[],
): Promise<Map<string, Match>> {
  const owners = incidents.flatMap(({ id, members }) => members.map(() => id));
  const members = incidents.flatMap((incident) => incident.members);
  const { rows } = await sql<{ id: string; suspect: Match | null }>`
    select distinct on (i.id) i.id, a.suspects -> 0 as suspect
    from unnest(${owners}::text[], ${members}::text[]) as i (id, member)
    join assessments a on a.incident_id = i.member
    order by i.id, a.assessed_at desc, a.occasion, a.incident_id`.execute(db);
  return new Map(rows.flatMap((row) => (row.suspect ? [[row.id, row.suspect]] : [])));
}

/** Which of these public ids are releases'. */
async function releasesAmong(db: Kysely<Database>, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom("releases").select("id").where("id", "in", ids).execute();
  return new Set(rows.map((row) => row.id));
}

interface Known {
  threshold: number;
  /** Public ids of releases. */
  releases: ReadonlySet<string>;
  wholes: ReadonlyMap<string, Whole>;
}

/** A verdict outranks a declaration, a declaration the model. */
function causeOf(
  row: IncidentRow,
  verdict: VerdictAnswer | null,
  match: Match | null,
  { threshold, releases, wholes }: Known,
): IncidentAnswer["cause"] {
  if (verdict?.verdict === "none") return null;
  const [named] = verdict?.verdict === "confirmed" ? verdict.changes : [];
  if (named) return { ...named, by: "verdict", probability: null };
  if (row.declared_cause) {
    const kind = releases.has(row.declared_cause) ? "release" : "deployment";
    const id = meantId(row.declared_cause, wholes);
    return { kind, id, by: "declared", probability: null };
  }
  if (!match?.id || match.kind === "none" || match.probability < threshold) return null;
  const id = meantId(match.id, wholes);
  if (verdict?.rejected.some((change) => change.id === id)) return null;
  return { kind: match.kind as Cause["kind"], id, by: "match", probability: match.probability };
}
