import { sql } from "kysely";

/** Which deployments are counted: empty lists do not narrow; no environment means tier production. */
export interface MetricScope {
  services: readonly string[];
  teams: readonly string[];
  environments: readonly string[];
}

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
