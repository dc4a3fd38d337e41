import { sql } from "kysely";
import type { Context } from "@/lib/context";
import { listDeployments } from "@/lib/deployments/list-deployments";
import { readDeployment } from "@/lib/deployments/read-deployment";
import type { DeploymentAnswer, IncidentAnswer, Page } from "@/lib/http/answers";
import { listIncidents, readIncident } from "@/lib/incidents/list-incidents";
import {
  deploymentsWithIncidents,
  type IncidentLink,
  incidentsOfDeployments,
  readLinks,
} from "@/lib/metrics/devlake/incident-links";
import type { DevlakeScope } from "@/lib/metrics/devlake/project";
import { scopeInReach } from "@/lib/metrics/scope-in-reach";

type DeploymentsQuestion = Parameters<typeof listDeployments>[1];
type IncidentsQuestion = Parameters<typeof listIncidents>[1];

/** The numbers of the recovery that incidents stand behind. */
export const recoveryFigures = ["restored", "open"] as const;
type RecoveryFigure = (typeof recoveryFigures)[number];

interface Placed {
  service?: string[];
  team?: string[];
  environment?: string[];
}

/** `listDeployments`, of which those failed that have an incident by DevLake's link. */
export async function listDevlakeDeployments(
  context: Context,
  { failed, ...filter }: DeploymentsQuestion,
): Promise<Page<DeploymentAnswer>> {
  const scope = await scopeOf(context, filter);
  const linked = sql<boolean>`(id in ${deploymentsWithIncidents(scope, filter.from)})`;
  const also = failed === undefined ? undefined : failed ? linked : sql<boolean>`(not ${linked})`;
  const { items, nextCursor } = await listDeployments(context, filter, also);
  return { items: await judgedByLinks(context, scope, items), nextCursor };
}

/** `readDeployment` by DevLake's rules, its team being the project. Throws `not_found`. */
export async function readDevlakeDeployment(
  context: Context,
  id: string,
): Promise<DeploymentAnswer> {
  const answer = await readDeployment(context, id);
  const [judged = answer] = await judgedByLinks(context, await scopeOf(context, {}), [answer]);
  return judged;
}

/**
 * `listIncidents`, each with the deployment that it belongs to by DevLake's link as its
 * cause. With a `figure` of the recovery they are those of the deployments that finished
 * in the window: where and when are asked of these, as its n does.
 */
export async function listDevlakeIncidents(
  context: Context,
  { figure, ...filter }: IncidentsQuestion & { figure?: RecoveryFigure },
): Promise<Page<IncidentAnswer>> {
  const scope = await scopeOf(context, filter);
  const { severity, open, cursor, limit } = filter;
  const { items, nextCursor } = figure
    ? await listIncidents(
        context,
        { severity, open, cursor, limit },
        sql<boolean>`(id in ${incidentsOfDeployments(scope, filter, figure)})`,
      )
    : await listIncidents(context, filter);
  return { items: await causedByLinks(context, scope, items), nextCursor };
}

/** `readIncident` by DevLake's rules, its team being the project. Throws `not_found`. */
export async function readDevlakeIncident(context: Context, id: string): Promise<IncidentAnswer> {
  const answer = await readIncident(context, id);
  const [caused = answer] = await causedByLinks(context, await scopeOf(context, {}), [answer]);
  return caused;
}

function scopeOf(context: Context, { service = [], team = [], environment = [] }: Placed) {
  return scopeInReach(context, { services: service, teams: team, environments: environment });
}

async function judgedByLinks(
  { db }: Context,
  scope: DevlakeScope,
  answers: readonly DeploymentAnswer[],
): Promise<DeploymentAnswer[]> {
  const ids = answers.map(({ id }) => id);
  const links = await readLinks(db, scope, sql<boolean>`linked.id = any(${ids}::text[])`);
  return answers.map((answer) => {
    const own = links.filter(({ deployment }) => deployment === answer.id);
    return {
      ...answer,
      failed: own.length > 0,
      failedAttempt: false,
      failedRemedy: false,
      withdrawn: false,
      rework: false,
      failure: failureOf(own),
      reasons: own.map(({ title, openedAt }) => reasonOf(title, openedAt)),
    };
  });
}

/** Recovery per deployment runs to its last resolution; DevLake's figures are per incident. */
function failureOf(links: readonly IncidentLink[]): DeploymentAnswer["failure"] {
  const [first] = links;
  if (!first) return null;
  const resolutions = links.map(({ resolvedAt }) => resolvedAt?.getTime() ?? null);
  const restored = resolutions.includes(null) ? null : Math.max(...resolutions.map(Number));
  return {
    reason: "incident_linked",
    incident: first.incident,
    firstSignAt: first.openedAt.toISOString(),
    remedies: [],
    heldBy: null,
    restoredAt: restored === null ? null : new Date(restored).toISOString(),
    recoverySeconds: restored === null ? null : (restored - first.deployedAt.getTime()) / 1000,
    detectSeconds: null,
    decideSeconds: null,
    remedySeconds: null,
    confirmSeconds: null,
  };
}

function reasonOf(title: string, openedAt: Date): string {
  const at = openedAt.toISOString().slice(0, 16).replace("T", " ");
  return `failed: it was the project's latest successful production deployment before “${title}” (${at} UTC)`;
}

/** From its deployment's finish to its resolution. */
function recoveryOf({ deployedAt, resolvedAt }: IncidentLink): number | null {
  return resolvedAt === null ? null : (resolvedAt.getTime() - deployedAt.getTime()) / 1000;
}

async function causedByLinks(
  { db }: Context,
  scope: DevlakeScope,
  answers: readonly IncidentAnswer[],
): Promise<IncidentAnswer[]> {
  const ids = answers.map(({ id }) => id);
  const links = await readLinks(db, scope, sql<boolean>`i.id = any(${ids}::text[])`);
  return answers.map((answer) => {
    const link = links.find(({ incident }) => incident === answer.id);
    return {
      ...answer,
      cause: link
        ? { kind: "deployment", id: link.deployment, by: "devlake", probability: null }
        : null,
      recoverySeconds: link ? recoveryOf(link) : null,
    };
  });
}
