import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { meantChanges, meantId } from "@/lib/deployments/meant-changes";
import { readMemberIds, readWholes, type Whole } from "@/lib/deployments/read-wholes";
import type { StreamIncident } from "@/lib/deployments/types";

interface IncidentRow {
  id: string;
  title: string;
  service: string | null;
  environment: string | null;
  opened_at: Date;
  acknowledged_at: Date | null;
  resolved_at: Date | null;
  first_sign_at: Date;
  declared_cause: string | null;
  cause_is_release: boolean;
  sources: { source: string; key: string }[];
  verdict: "confirmed" | "none" | null;
  changes: { kind: "deployment" | "release"; id: string }[] | null;
  rejected: { kind: "deployment" | "release"; id: string }[] | null;
  suspects: { kind: string; id: string | null; probability: number }[] | null;
}

/** Which incidents of a stream are asked for. */
export interface IncidentsWanted {
  /** Those caused by one of these deployments, wherever they are, */
  deployments: readonly string[];
  /** and the stream's own that were open at this moment or later; null for all. */
  from: Date | null;
}

/**
 * The incidents that derivation of a stream looks at: its own, and those of
 * others whose declared, confirmed or matched cause is one of its deployments.
 * Each with the latest verdict and the latest assessment on any of its members. Causes
 * are told by the deployment's own id, by whichever of its reports they were named.
 */
export async function readStreamIncidents(
  db: Kysely<Database>,
  stream: { service: string; environment: string },
  { deployments, from }: IncidentsWanted,
  matchThreshold: number,
): Promise<StreamIncident[]> {
  const ids = await readMemberIds(db, deployments);
  const { rows } = await sql<IncidentRow>`
    with blamed as (
      select unnest(i.members) as incident_id
      from incidents i where i.declared_cause = any(${ids}::text[])
      union
      select v.incident_id
      from unnest(${ids}::text[]) as d (id)
      join verdicts v
        on v.changes @> jsonb_build_array(jsonb_build_object('kind', 'deployment', 'id', d.id))
      union
      select a.incident_id
      from assessments a, jsonb_to_recordset(a.suspects) as s (kind text, id text, probability float8)
      where s.kind = 'deployment' and s.probability >= ${matchThreshold}
        and jsonb_path_query_array(a.suspects, '$[*].id') ?| ${ids}::text[]
        and s.id = any(${ids}::text[])
    ),
    wanted as (
      select id from incidents
      where service = ${stream.service} and environment = ${stream.environment}
        and (${from === null} or resolved_at is null or resolved_at >= ${from})
      union
      select id from incidents
      where members && (select coalesce(array_agg(incident_id), '{}') from blamed)
    )
    select i.id, i.title, i.service, i.environment, i.opened_at, i.acknowledged_at, i.resolved_at,
      i.first_sign_at, i.declared_cause, i.sources,
      exists (select from releases r where r.id = i.declared_cause) as cause_is_release,
      v.verdict, v.changes, v.rejected, a.suspects
    from wanted join incidents i using (id)
    left join lateral (
      select verdict, changes, rejected from verdicts
      where incident_id = any(i.members) order by at desc, incident_id limit 1
    ) v on true
    left join lateral (
      select suspects from assessments
      where incident_id = any(i.members) order by assessed_at desc, occasion, incident_id limit 1
    ) a on true
    order by i.opened_at, i.id`.execute(db);
  const wholes = await readWholes(db, rows.flatMap(causesNamed));
  return rows.map((row) => incidentOf(row, stream, wholes));
}

function causesNamed({ declared_cause, changes, rejected, suspects }: IncidentRow): string[] {
  const named = [...(changes ?? []), ...(rejected ?? []), ...(suspects ?? [])];
  return [declared_cause, ...named.map(({ id }) => id)].flatMap((id) => id ?? []);
}

function incidentOf(
  row: IncidentRow,
  stream: { service: string; environment: string },
  wholes: ReadonlyMap<string, Whole>,
): StreamIncident {
  const said = meantChanges({ changes: row.changes ?? [], rejected: row.rejected ?? [] }, wholes);
  const confirmed = row.verdict === "confirmed" ? said.changes : [];
  // A person's word on the cause replaces what the sender declared.
  const declared = row.verdict === null ? row.declared_cause : null;
  return {
    id: row.id,
    title: row.title,
    ofStream: row.service === stream.service && row.environment === stream.environment,
    openedAt: row.opened_at.getTime(),
    acknowledgedAt: row.acknowledged_at?.getTime() ?? null,
    resolvedAt: row.resolved_at?.getTime() ?? null,
    firstSignAt: row.first_sign_at.getTime(),
    names: row.sources.flatMap(({ source, key }) => namesOf(key.slice(source.length + 1))),
    withoutService: row.service === null,
    verdict: row.verdict,
    confirmed: [
      ...(declared && !row.cause_is_release ? [meantId(declared, wholes)] : []),
      ...confirmed.flatMap(({ kind, id }) => (kind === "deployment" ? id : [])),
    ],
    confirmedRelease:
      (declared !== null && row.cause_is_release) ||
      confirmed.some(({ kind }) => kind === "release"),
    rejected: said.rejected.map(({ id }) => id),
    matches: matchesOf(row, stream, wholes),
  };
}

/** The suspects that are deployments of the stream, each with its likeliest report's probability. */
function matchesOf(
  { suspects }: IncidentRow,
  { service, environment }: { service: string; environment: string },
  wholes: ReadonlyMap<string, Whole>,
): StreamIncident["matches"] {
  const likeliest = new Map<string, number>();
  for (const { kind, id, probability } of suspects ?? []) {
    const whole = kind === "deployment" && id ? wholes.get(id) : undefined;
    if (whole?.service !== service || whole.environment !== environment) continue;
    const known = likeliest.get(whole.deployment) ?? 0;
    likeliest.set(whole.deployment, Math.max(known, probability));
  }
  return [...likeliest].map(([deployment, probability]) => ({ deployment, probability }));
}

/** What a commit message calls it: a tracker's number as "#12", a key as INC-7. */
function namesOf(id: string): string[] {
  const number = /(?:^|[#/])(\d{1,9})$/.exec(id)?.[1];
  if (number) return [`#${number}`];
  return /^[A-Z][A-Z0-9]*-\d+$/.test(id) ? [id] : [];
}
