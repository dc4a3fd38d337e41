import type { MetricScope } from "@/lib/metrics/scope";

/** The places that metrics are kept for which together make a scope. */
export interface Places {
  by: "all" | "team" | "service";
  /** Teams or services; one that is empty for everything. */
  names: readonly string[];
  /** One that is empty for tier production. */
  environments: readonly string[];
  timezone: string;
}

/** Null where no kept places add up to the scope: services of some teams only. */
export function placesOf(scope: MetricScope, timezone: string): Places | null {
  const { services, teams } = scope;
  const zone = zoneKept(timezone);
  if (services.length > 0 && teams.length > 0) return null;
  const environments = scope.environments.length > 0 ? distinct(scope.environments) : [""];
  if (services.length > 0)
    return { by: "service", names: distinct(services), environments, timezone: zone };
  if (teams.length > 0) return { by: "team", names: distinct(teams), environments, timezone: zone };
  return { by: "all", names: [""], environments, timezone: zone };
}

/** One spelling of a zone for all of them: "utc" and "europe/BERLIN" are zones too. */
export function zoneKept(timezone: string): string {
  return new Intl.DateTimeFormat("en", { timeZone: timezone }).resolvedOptions().timeZone;
}

/** The scope of some of the names in one environment. */
export function scopeOf(
  by: Places["by"],
  names: readonly string[],
  environment: string,
): MetricScope {
  return {
    services: by === "service" ? names : [],
    teams: by === "team" ? names : [],
    environments: environment === "" ? [] : [environment],
  };
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
