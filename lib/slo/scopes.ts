import { isOfRepositories } from "@/lib/slo/indicators";
import { type Objective, type Scope, wholeInstance } from "@/lib/slo/objective";

/** What the rules say of a service: of which repository and team it is. */
export interface PlacedService {
  name: string;
  repository: string | null;
  team: string | null;
}

export interface InForce {
  objective: Objective;
  /** Where it was said; the scope that was asked for or a wider one. */
  from: Scope;
}

/**
 * The objective that holds in a scope: the narrowest that was set, a service or its
 * repository before the team and the team before the instance. Null where there is
 * none; one that is switched off answers with a null threshold.
 */
export function objectiveInForce(
  objectives: readonly Objective[],
  { indicator, scope }: Pick<Objective, "indicator" | "scope">,
  services: readonly PlacedService[],
): InForce | null {
  for (const candidate of narrowestFirst(scope, services)) {
    const found = objectives.find(
      (each) => each.indicator === indicator && isSameScope(each.scope, candidate),
    );
    if (found) return { objective: { ...found, scope }, from: found.scope };
  }
  return null;
}

/** Repositories are one however their letters are cased. */
export function isSameScope(one: Scope, other: Scope): boolean {
  if (one.kind !== other.kind) return false;
  return one.kind === "repository"
    ? one.name.toLowerCase() === other.name.toLowerCase()
    : one.name === other.name;
}

function narrowestFirst(scope: Scope, services: readonly PlacedService[]): Scope[] {
  switch (scope.kind) {
    case "all":
      return [wholeInstance];
    case "team":
      return [scope, wholeInstance];
    case "repository":
      return [scope, ...teamsOf(ofRepository(services, scope.name)), wholeInstance];
    case "service": {
      const own = services.filter(({ name }) => name === scope.name);
      const repositories = own.flatMap(({ repository }): Scope[] =>
        repository ? [{ kind: "repository", name: repository }] : [],
      );
      return [scope, ...repositories, ...teamsOf(own), wholeInstance];
    }
  }
}

/** A repository of several teams is judged by none of theirs. */
function teamsOf(services: readonly PlacedService[]): Scope[] {
  const names = [...new Set(services.map(({ team }) => team))];
  const [only] = names;
  return names.length === 1 && only ? [{ kind: "team", name: only }] : [];
}

export function ofRepository(
  services: readonly PlacedService[],
  name: string,
): readonly PlacedService[] {
  return services.filter(({ repository }) => repository?.toLowerCase() === name.toLowerCase());
}

/** A narrower threshold within a wider scope; null: switched off, so not counted. */
export interface Override {
  scope: Scope;
  thresholdSeconds: number | null;
}

/**
 * The narrower objectives inside of a scope: in a wider figure every event is judged
 * by its own. Builds know only their repository, so for them a team's and a
 * service's become their repositories'; of several in one the strictest holds.
 */
export function overridesWithin(
  objectives: readonly Objective[],
  { indicator, scope }: Pick<Objective, "indicator" | "scope">,
  services: readonly PlacedService[],
): Override[] {
  const narrower = objectives.filter(
    (each) => each.indicator === indicator && lies(each.scope, scope, services),
  );
  if (!isOfRepositories(indicator))
    return narrower.map((each) => ({ scope: each.scope, thresholdSeconds: each.thresholdSeconds }));
  const names = new Set(
    narrower
      .flatMap((each) => repositoriesOf(each.scope, services))
      .map((name) => name.toLowerCase()),
  );
  return [...names].sort().flatMap((name) => {
    const own: Scope = { kind: "repository", name };
    return { scope: own, thresholdSeconds: strictest(objectives, indicator, name, services) };
  });
}

function strictest(
  objectives: readonly Objective[],
  indicator: Objective["indicator"],
  repository: string,
  services: readonly PlacedService[],
): number | null {
  const own = objectives.find(
    (each) =>
      each.indicator === indicator &&
      isSameScope(each.scope, { kind: "repository", name: repository }),
  );
  if (own) return own.thresholdSeconds;
  const held = ofRepository(services, repository).flatMap(({ name }) => {
    const found = objectiveInForce(
      objectives,
      { indicator, scope: { kind: "service", name } },
      services,
    );
    return found ? [found.objective.thresholdSeconds] : [];
  });
  const thresholds = held.filter((seconds) => seconds !== null);
  return thresholds.length > 0 ? Math.min(...thresholds) : null;
}

/** The repositories of a scope, by the services' rules. */
export function repositoriesOf(scope: Scope, services: readonly PlacedService[]): string[] {
  if (scope.kind === "repository") return [scope.name];
  const inside = services.filter(
    (service) =>
      scope.kind === "all" ||
      (scope.kind === "team" ? service.team === scope.name : service.name === scope.name),
  );
  return inside.flatMap(({ repository }) => repository ?? []);
}

/** Whether one scope is narrower than the other and may hold events of it. */
function lies(inner: Scope, outer: Scope, services: readonly PlacedService[]): boolean {
  if (inner.kind === "all" || isSameScope(inner, outer)) return false;
  switch (outer.kind) {
    case "all":
      return true;
    case "team":
      if (inner.kind === "team") return false;
      return services.some((service) => service.team === outer.name && isOfScope(service, inner));
    case "repository":
      return (
        inner.kind === "service" &&
        ofRepository(services, outer.name).some(({ name }) => name === inner.name)
      );
    case "service":
      return false;
  }
}

function isOfScope(service: PlacedService, scope: Scope): boolean {
  return scope.kind === "service"
    ? service.name === scope.name
    : service.repository?.toLowerCase() === scope.name.toLowerCase();
}
