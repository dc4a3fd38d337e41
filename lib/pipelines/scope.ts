import { type RawBuilder, sql } from "kysely";
import { reachFor } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";

/** Which builds or runs are meant: empty lists do not narrow. */
export interface PipelineScope {
  repositories: readonly string[];
  /** A team's are the repositories that its services' rules name. */
  teams: readonly string[];
  branches: readonly string[];
  /** Of builds or suites; "(unnamed)" is one without a name. */
  names: readonly string[];
}

const unnamed = "(unnamed)";

/** As the filters of lists name it. */
export function scopeOf(filter: {
  repository?: readonly string[];
  team?: readonly string[];
  branch?: readonly string[];
  name?: readonly string[];
}): PipelineScope {
  const { repository = [], team = [], branch = [], name = [] } = filter;
  return { repositories: repository, teams: team, branches: branch, names: name };
}

/**
 * The scope as a condition on any table with repository, branch and name, no further
 * than the actor reaches. Throws `not_found` where it names what lies outside.
 */
export async function inPipelineScope(
  context: Pick<Context, "actor" | "config" | "db">,
  scope: PipelineScope,
): Promise<RawBuilder<boolean>> {
  const named = { repository: scope.repositories, team: scope.teams };
  const within = await reachFor(context, named);
  const conditions = [sql`true`];
  if (within) conditions.push(isOneOf(within.repositories));
  if (scope.repositories.length > 0) conditions.push(isOneOf(scope.repositories));
  if (scope.teams.length > 0) conditions.push(isOneOf(repositoriesOf(context, scope.teams)));
  if (scope.branches.length > 0) conditions.push(sql`branch = any(${[...scope.branches]}::text[])`);
  if (scope.names.length > 0)
    conditions.push(sql`coalesce(name, ${unnamed}) = any(${[...scope.names]}::text[])`);
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

function repositoriesOf({ config }: Pick<Context, "config">, teams: readonly string[]): string[] {
  return config.services.flatMap(({ team, repository }) =>
    team && repository && teams.includes(team) ? [repository] : [],
  );
}

function isOneOf(repositories: readonly string[]) {
  const lowered = repositories.map((name) => name.toLowerCase());
  return sql`lower(repository) = any(${lowered}::text[])`;
}
