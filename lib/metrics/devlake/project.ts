import { type RawBuilder, sql } from "kysely";
import type { MetricScope } from "@/lib/metrics/scope";

/**
 * What stands for DevLake's project. Services that a question names are one project;
 * else each team is one, and all that is of no team.
 */
export type DevlakeScope = MetricScope;

type Alias = "d" | "i" | "c";

/** The successful production deployments of a scope: what may be linked to, and what is counted. */
export function deployedIn(scope: DevlakeScope, alias: Alias = "d"): RawBuilder<boolean> {
  return sql<boolean>`${column(alias, "status")} = 'succeeded'
    and ${column(alias, "tier")} = 'production' and ${placedIn(scope, alias)}`;
}

/** Incidents of a scope: of production, or of no environment. */
export function incidentsIn(scope: DevlakeScope): RawBuilder<boolean> {
  const { environments } = scope;
  const elsewhere =
    environments.length > 0
      ? sql`i.environment = any(${[...environments]}::text[])`
      : sql`i.tier = 'production'`;
  return sql<boolean>`(i.environment is null or ${elsewhere})
    and ${placedIn({ ...scope, environments: [] }, "i")}`;
}

/** Two rows of one project, by their teams; a null is a project of its own. */
export function projectOf(scope: DevlakeScope, alias: Alias): RawBuilder<string | null> {
  return scope.services.length > 0 ? sql<null>`null::text` : column(alias, "team");
}

export function placedIn(
  { services, teams, environments }: DevlakeScope,
  alias: Alias,
): RawBuilder<boolean> {
  const conditions = [sql<boolean>`true`];
  const narrow = (name: string, values: readonly string[]) => {
    if (values.length > 0)
      conditions.push(sql<boolean>`${column(alias, name)} = any(${[...values]}::text[])`);
  };
  narrow("service", services);
  narrow("team", teams);
  narrow("environment", environments);
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

function column(alias: Alias, name: string): RawBuilder<string | null> {
  return sql<string | null>`${sql.ref(`${alias}.${name}`)}`;
}
