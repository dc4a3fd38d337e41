import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { isWithin, reachFor } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { iso } from "@/lib/deployments/deployment-answer";
import type { MarkerAnswer } from "@/lib/http/figure-answers";
import { Problem } from "@/lib/http/problem";

export interface MarkerQuestion {
  /** Empty: every service. */
  services: readonly string[];
  /** Adds the services that these depend on. */
  dependencies: boolean;
  /** Empty: tier production. */
  environments: readonly string[];
  from: Date;
  to: Date;
}

const daysAtMost = 400;
/** Newest first beyond this; a graph draws one line a pixel column at most. */
const markersAtMost = 5_000;

/**
 * What is drawn over graphs in [from, to]: deployments of any kind (attempts
 * that run or failed too), releases, and incidents as spans. Oldest first.
 * Throws `range_too_large` above 400 days, `not_found` outside of the actor's reach.
 */
export async function readMarkers(
  context: Context,
  question: MarkerQuestion,
): Promise<{ items: MarkerAnswer[] }> {
  const { from, to } = question;
  if (to.getTime() - from.getTime() > daysAtMost * 86_400_000)
    throw new Problem("range_too_large", `Markers are answered for ${daysAtMost} days at most.`, {
      field: "from",
      expected: `a time at most ${daysAtMost} days before to`,
      limit: daysAtMost,
    });
  const { services, environments } = question;
  const within = await reachFor(context, { service: services, environment: environments });
  const scope = {
    ...question,
    services:
      within && services.length === 0
        ? within.services
        : withDependencies(context, question).filter((name) => isWithin(within, name)),
  };
  if (within && scope.services.length === 0) return { items: [] };
  const parts = await Promise.all([
    deploymentMarkers(context.db, scope),
    releaseMarkers(context.db, scope),
    incidentMarkers(context.db, scope),
  ]);
  return { items: parts.flat().sort((a, b) => a.at.localeCompare(b.at)) };
}

function withDependencies(context: Context, question: MarkerQuestion): string[] {
  if (!question.dependencies) return [...question.services];
  const dependencies = context.config.services
    .filter((rule) => question.services.includes(rule.name))
    .flatMap((rule) => rule.dependsOn ?? []);
  return [...new Set([...question.services, ...dependencies])];
}

function scoped(scope: MarkerQuestion) {
  const service =
    scope.services.length > 0
      ? sql`service = any(${[...scope.services]}::text[])`
      : sql`service is not null`;
  const environment =
    scope.environments.length > 0
      ? sql`environment = any(${[...scope.environments]}::text[])`
      : sql`tier = 'production'`;
  return sql`${service} and ${environment}`;
}

async function deploymentMarkers(
  db: Kysely<Database>,
  scope: MarkerQuestion,
): Promise<MarkerAnswer[]> {
  const { rows } = await sql<{
    id: string;
    service: string;
    at: Date;
    started_at: Date | null;
    status: string;
    kind: string | null;
    version: string | null;
    revision: string | null;
    failed: boolean;
    failed_attempt: boolean;
  }>`
    select id, service, at, started_at, status, kind, version, revision, failed, failed_attempt
    from deployments
    where ${scoped(scope)} and at >= ${scope.from} and at <= ${scope.to}
    order by at desc, id desc limit ${markersAtMost}`.execute(db);
  return rows.map((row) => ({
    kind: "deployment",
    id: row.id,
    service: row.service,
    at: row.at.toISOString(),
    startedAt: iso(row.started_at),
    endAt: null,
    class: row.kind ?? row.status,
    label: row.version ?? row.revision?.slice(0, 7) ?? row.status,
    failed: row.failed || row.failed_attempt,
    revision: row.revision,
  }));
}

async function releaseMarkers(
  db: Kysely<Database>,
  scope: MarkerQuestion,
): Promise<MarkerAnswer[]> {
  const { rows } = await sql<{
    id: string;
    service: string;
    at: Date;
    subject: string;
    flag: string | null;
    percent: number | null;
    enabled: boolean | null;
    version: string | null;
    title: string | null;
    revision: string | null;
  }>`
    select id, service, at, subject, flag, percent, enabled, version, title, revision
    from releases
    where ${scoped(scope)} and at >= ${scope.from} and at <= ${scope.to}
    order by at desc, id desc limit ${markersAtMost}`.execute(db);
  return rows.map((row) => ({
    kind: "release",
    id: row.id,
    service: row.service,
    at: row.at.toISOString(),
    startedAt: null,
    endAt: null,
    class: row.subject,
    label: releaseLabel(row),
    failed: false,
    revision: row.revision,
  }));
}

/** `new-tax 25 %`, `new-tax off`, `v2.4.0`. */
export function releaseLabel(release: {
  subject: string;
  flag: string | null;
  percent: number | null;
  enabled: boolean | null;
  version: string | null;
  title: string | null;
}): string {
  const name = release.flag ?? release.version ?? release.title ?? release.subject;
  if (release.enabled === false) return `${name} off`;
  if (release.percent !== null) return `${name} ${release.percent} %`;
  return release.enabled === true && release.flag ? `${name} on` : name;
}

async function incidentMarkers(
  db: Kysely<Database>,
  scope: MarkerQuestion,
): Promise<MarkerAnswer[]> {
  const { rows } = await sql<{
    id: string;
    service: string;
    title: string;
    severity: string | null;
    first_sign_at: Date;
    resolved_at: Date | null;
  }>`
    select id, service, title, severity, first_sign_at, resolved_at
    from incidents
    where ${scoped(scope)} and opened_at <= ${scope.to}
      and (resolved_at is null or resolved_at >= ${scope.from})
    order by opened_at desc, id desc limit ${markersAtMost}`.execute(db);
  return rows.map((row) => ({
    kind: "incident",
    id: row.id,
    service: row.service,
    at: row.first_sign_at.toISOString(),
    startedAt: null,
    endAt: iso(row.resolved_at),
    class: row.severity,
    label: row.title,
    failed: false,
    revision: null,
  }));
}
