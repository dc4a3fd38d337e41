import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "@/db/schema";
import {
  type DevlakeScope,
  deployedIn,
  incidentsIn,
  projectOf,
} from "@/lib/metrics/devlake/project";

export interface IncidentLink {
  incident: string;
  title: string;
  openedAt: Date;
  resolvedAt: Date | null;
  deployment: string;
  deployedAt: Date;
}

/**
 * DevLake's link: an incident belongs to the latest successful production deployment of its
 * project that finished before it was created, whatever the gap, the service and the
 * repository. Narrowed by conditions on incidents (`i`) and on what they link to (`linked`).
 */
export async function readLinks(
  db: Kysely<Database>,
  scope: DevlakeScope,
  where: RawBuilder<boolean>,
): Promise<IncidentLink[]> {
  const { rows } = await sql<IncidentLink>`
    select i.id as incident, i.title, i.opened_at as "openedAt", i.resolved_at as "resolvedAt",
      linked.id as deployment, linked.at as "deployedAt"
    from ${linkedIncidents(scope)} where ${incidentsIn(scope)} and ${where}
    order by i.opened_at, i.id`.execute(db);
  return rows;
}

/**
 * The ids of incidents that belong to a deployment which finished in the window, resolved
 * ones or those that are still open: what DevLake's recovery is of.
 */
export function incidentsOfDeployments(
  scope: DevlakeScope,
  { from, to }: { from?: Date; to?: Date },
  state: "restored" | "open",
): RawBuilder<string> {
  const conditions = [
    incidentsIn(scope),
    state === "open" ? sql`i.resolved_at is null` : sql`i.resolved_at is not null`,
    ...(from ? [sql`i.opened_at > ${from} and linked.at >= ${from}`] : []),
    ...(to ? [sql`linked.at < ${to}`] : []),
  ];
  return sql<string>`(select i.id from ${linkedIncidents(scope)}
    where ${sql.join(conditions, sql` and `)})`;
}

/** The public ids of deployments with at least one incident, of those opened after `since`. */
export function deploymentsWithIncidents(
  scope: DevlakeScope,
  since: Date | undefined,
): RawBuilder<string> {
  return sql<string>`(select linked.id from ${linkedIncidents(scope)}
    where ${incidentsIn(scope)} and ${since ? sql`i.opened_at > ${since}` : sql`true`})`;
}

/** Two searches, so that each follows an index: `is not distinct from` follows none. */
function linkedIncidents(scope: DevlakeScope) {
  const project = projectOf(scope, "i");
  const latest = (condition: RawBuilder<boolean>) => sql`(
    select d.id, d.at from deployments d
    where ${deployedIn(scope)} and ${condition} and d.at < i.opened_at
    order by d.at desc, d.id desc limit 1)`;
  if (scope.services.length > 0)
    return sql`incidents i join lateral ${latest(sql<boolean>`true`)} linked on true`;
  return sql`incidents i join lateral (
    ${latest(sql<boolean>`d.team = ${project}`)}
    union all
    ${latest(sql<boolean>`${project} is null and d.team is null`)}
  ) linked on true`;
}
