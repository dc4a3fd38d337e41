import { sql } from "kysely";
import type { Context } from "@/lib/context";
import type { PlacedService } from "@/lib/slo/scopes";

/** So many of the newest deployments tell a service's repository where its rule does not. */
const newest = 20;

/**
 * Of which repository and team every ruled service is: by its rule, else the
 * repository that its newest deployments name.
 */
export async function repositoriesDeployed({
  config,
  db,
}: Pick<Context, "config" | "db">): Promise<PlacedService[]> {
  const { services } = config;
  const unsaid = services.filter(({ repository }) => repository === null).map(({ name }) => name);
  if (unsaid.length === 0) return services;
  const { rows } = await sql<{ service: string; repository: string }>`
    select named.service, last.repository
    from unnest(${unsaid}::text[]) as named (service)
    cross join lateral (
      select repository from (
        select repository from deployments d where d.service = named.service
        order by at desc, id desc limit ${newest}
      ) as newest
      where repository is not null limit 1
    ) as last`.execute(db);
  const deployed = new Map(rows.map(({ service, repository }) => [service, repository]));
  return services.map(({ name, team, repository }) => ({
    name,
    team,
    repository: repository ?? deployed.get(name) ?? null,
  }));
}
