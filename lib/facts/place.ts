import type { Config, Tier } from "@/lib/config";
import { teamOfService } from "@/lib/config/team-of-service";
import { resolveEnvironment } from "@/lib/deployments/environment";
import { type ReportedNames, type Rules, resolveService } from "@/lib/deployments/resolve-service";
import type {
  AlertMembers,
  DeploymentMembers,
  IncidentMembers,
  ReleaseMembers,
} from "@/lib/facts/types";

/** Where a fact stands by the rules of pushline.yaml. */
export interface Place {
  service: string;
  team: string | null;
  environment: string;
  tier: Tier;
  group: string | null;
  repository: string | null;
}

/** A signal's place; null members where nothing tells them. */
export type SignalPlace = {
  [M in "service" | "team" | "environment" | "tier" | "repository"]: Place[M] | null;
};

/** The place of a deployment. Its merge needs an environment and a service or repository. */
export function placeDeployment(config: Config, members: DeploymentMembers): Place {
  return placeChange(config, members, { description: members.description, job: members.name });
}

/** The place of a release; one that names no environment is for production. */
export function placeRelease(config: Config, members: ReleaseMembers): Place {
  return placeChange(config, members, { description: members.title });
}

/** The place of an alert or incident; one of a service that names no environment is of production. */
export function placeSignal(
  config: Config,
  members: Omit<AlertMembers, "reports"> & Pick<IncidentMembers, "repository">,
): SignalPlace {
  const { labels = null, name } = members;
  const service = resolveService(namesOf(members, { labels, job: name }), config);
  const environment = members.environment || (service ? mainEnvironment(config) : null);
  return {
    service,
    team: service ? teamOfService(config, service) : null,
    environment,
    tier: environment ? resolveEnvironment(environment, config.environments).tier : null,
    repository: members.repository ?? (service ? repositoryOf(config, service) : null),
  };
}

/** The service of a deployment or release by its sender's names; there is always one. */
export function serviceOf(names: ReportedNames, rules: Rules): string {
  return resolveService(names, rules) ?? names.repository ?? "unknown";
}

/** Whether a service's code is in this repository: as its rule says, else the one that it is named after. */
export function isCodeOf(config: Config, service: string, repository: string): boolean {
  const ruled = repositoryOf(config, service);
  if (ruled !== null) return ruled.toLowerCase() === repository.toLowerCase();
  return resolveService({ service: null, environment: null, repository }, config) === service;
}

type Named = Pick<DeploymentMembers, "service" | "environment" | "repository">;

function placeChange(config: Config, members: Named, more: Partial<ReportedNames>): Place {
  const names = namesOf(members, more);
  const service = serviceOf(names, config);
  const environment = names.environment || mainEnvironment(config);
  return {
    ...resolveEnvironment(environment, config.environments),
    service,
    team: teamOfService(config, service),
    repository: names.repository ?? repositoryOf(config, service),
  };
}

function namesOf(members: Named, more: Partial<ReportedNames>): ReportedNames {
  const { service = null, environment = null, repository = null } = members;
  return { service, environment, repository, ...more };
}

function repositoryOf(config: Config, service: string): string | null {
  return config.services.find((rule) => rule.name === service)?.repository ?? null;
}

/** Production by the name that pushline.yaml gives it. */
function mainEnvironment({ environments }: Config): string {
  const named = environments.find(
    ({ match, tier }) => tier === "production" && !/[*?{}[\]]/.test(match),
  );
  return named?.match ?? "production";
}
