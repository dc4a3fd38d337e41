import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { isWithin, reachFor } from "@/lib/auth/reach";
import type { Config } from "@/lib/config";
import type { Context } from "@/lib/context";
import type { Page } from "@/lib/http/answers";
import { pageByName } from "@/lib/http/cursor";
import type { ServiceAnswer } from "@/lib/http/service-answers";

export interface ServiceFilter {
  team?: string[];
  name?: string;
  cursor?: string;
  /** Without one, all: services are few, and the palette wants them whole. */
  limit?: number;
}

/** The services that pushline.yaml names or an event has named, by name. */
export async function listServices(
  context: Context,
  filter: ServiceFilter,
): Promise<Page<ServiceAnswer>> {
  const within = await reachFor(context, {
    service: filter.name === undefined ? [] : [filter.name],
    team: filter.team,
  });
  const inReach = (name: string) => isWithin(within, name);
  const [seen, last, open] = await Promise.all([
    environmentsSeen(context.db),
    lastDeployments(context.db),
    openIncidents(context.db),
  ]);
  const names = [...new Set([...context.config.services.map((rule) => rule.name), ...seen.keys()])];
  const items = names
    .filter(inReach)
    .map((name) => ({
      name,
      ...declared(context.config, name, inReach),
      environments: seen.get(name) ?? [],
      openIncidents: open.get(name) ?? 0,
      lastDeployment: last.get(name) ?? null,
    }))
    .filter((service) => !filter.team || filter.team.includes(service.team ?? ""))
    .filter((service) => !filter.name || filter.name === service.name);
  return pageByName(items, filter);
}

/** What pushline.yaml says of a service, its neighbours only where they are in reach. */
function declared(
  config: Config,
  name: string,
  inReach: (name: string) => boolean,
): Pick<ServiceAnswer, "team" | "repository" | "dependsOn" | "dependents"> {
  const rule = config.services.find((service) => service.name === name);
  return {
    team: rule?.team ?? null,
    repository: rule?.repository ?? null,
    dependsOn: (rule?.dependsOn ?? []).filter(inReach),
    dependents: config.services
      .filter((service) => service.dependsOn?.includes(name))
      .map((service) => service.name)
      .filter(inReach),
  };
}

/** What names no service or environment stands in a stream named '', which is nobody's. */
async function environmentsSeen(db: Kysely<Database>): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ service: string; environments: string[] }>`
    select service,
      coalesce(array_agg(environment order by environment) filter (where environment <> ''), '{}')
        as environments
    from streams where service <> '' group by service`.execute(db);
  return new Map(rows.map((row) => [row.service, row.environments]));
}

async function lastDeployments(
  db: Kysely<Database>,
): Promise<Map<string, NonNullable<ServiceAnswer["lastDeployment"]>>> {
  const { rows } = await sql<LastDeployment>`
    select last.*
    from (select distinct service from streams) as named
    cross join lateral (
      select service, id, environment, at, kind, status, version, revision
      from deployments d where d.service = named.service
      order by at desc, id desc limit 1
    ) as last`.execute(db);
  return new Map(
    rows.map(({ service, at, ...deployment }) => [
      service,
      { ...deployment, at: at.toISOString() },
    ]),
  );
}

interface LastDeployment {
  service: string;
  id: string;
  environment: string;
  at: Date;
  kind: string | null;
  status: string;
  version: string | null;
  revision: string | null;
}

async function openIncidents(db: Kysely<Database>): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("incidents")
    .select(["service", db.fn.countAll<number>().as("n")])
    .where("resolved_at", "is", null)
    .where("service", "is not", null)
    .groupBy("service")
    .execute();
  return new Map(rows.map((row) => [row.service ?? "", row.n]));
}
