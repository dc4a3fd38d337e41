import { sql } from "kysely";
import type { Span } from "@/lib/metrics/buckets";

/** Which deployments are counted: empty lists do not narrow; no environment means tier production. */
export interface MetricScope {
  services: readonly string[];
  teams: readonly string[];
  environments: readonly string[];
}

/** What is counted in one pass: so many spans of time, for the scope whole or for each of its names. */
export interface CountQuestion {
  scope: MetricScope;
  by: "all" | "team" | "service";
  spans: readonly Span[];
  /** In whose calendar days are counted. */
  timezone: string;
}

/** What was counted of one name (empty for the scope whole), a value for each span in order. */
export type Counted<Value> = ReadonlyMap<string, readonly Value[]>;

/** The scope as a condition on any table with service, team, environment and tier. */
export function inScope(scope: MetricScope) {
  const conditions = [
    scope.environments.length > 0
      ? sql`environment = any(${[...scope.environments]}::text[])`
      : sql`tier = 'production'`,
  ];
  if (scope.services.length > 0)
    conditions.push(sql`service = any(${[...scope.services]}::text[])`);
  if (scope.teams.length > 0) conditions.push(sql`team = any(${[...scope.teams]}::text[])`);
  return sql.join(conditions, sql` and `);
}

/** The spans as a table: each is then a range of an index by time. */
export function spanTable(spans: readonly Span[]) {
  return sql`unnest(
    ${spans.map(({ start }) => start.toISOString())}::timestamptz[],
    ${spans.map(({ end }) => end.toISOString())}::timestamptz[]
  ) with ordinality as s (from_at, to_at, i)`;
}

const groups = { all: sql`''::text`, team: sql`team`, service: sql`service` };

/** The name that a row is counted for. */
export function groupOf({ by }: CountQuestion) {
  return groups[by];
}

/** What is answered for: the names of the scope, or the scope whole. */
export function namesOf({ by, scope }: CountQuestion): readonly string[] {
  return { all: [""], team: scope.teams, service: scope.services }[by];
}
