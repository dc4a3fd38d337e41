import { matchesName, matchesPath } from "./glob";

/** A service as pushline.yaml configures it. */
export interface ServiceRule {
  name: string;
  repository?: string | null;
  /** Globs over the paths of a monorepo that belong to the service. */
  paths?: readonly string[];
  /** Globs over the names under which providers deploy it. */
  deployments?: readonly string[];
  /** Labels that its alerts and deployments carry, all of them. */
  labels?: Readonly<Record<string, string>>;
}

/** The part of a Config that resolving needs. */
export interface Rules {
  services: readonly ServiceRule[];
}

/** A provider's own names for what it speaks of. */
export interface ReportedNames {
  service: string | null;
  environment: string | null;
  repository: string | null;
  description?: string | null;
  job?: string | null;
  labels?: Readonly<Record<string, string>> | null;
}

/**
 * The service that a provider's names stand for, first of derivation's steps, so
 * that changing the rules re-derives history: a configured one by its name,
 * its labels, its repository or its globs; else the provider's own name; else
 * the repository's last part. Null where neither is said.
 */
export function resolveService(reported: ReportedNames, rules: Rules) {
  const { service, repository } = reported;
  const configured =
    rules.services.find((rule) => rule.name === service) ??
    rules.services.find((rule) => service !== null && sameText(rule.name, service)) ??
    rules.services.find((rule) => carriesLabels(rule, reported)) ??
    resolveByRepository(reported, rules.services);
  return configured?.name ?? (service || lastPart(repository));
}

/**
 * Whether a change of these paths belongs to a service: where the service names
 * globs for its repository, one path must match; else the repository is all its own.
 */
export function ownsPaths(
  rules: Rules,
  service: string,
  repository: string,
  paths: readonly string[],
): boolean {
  const globs = rules.services.find(
    (rule) => rule.name === service && isOf(rule, repository),
  )?.paths;
  if (!globs || globs.length === 0) return true;
  return paths.some((path) => globs.some((glob) => matchesPath(glob, path)));
}

/** One service of a repository is it; of several, and where no repository is said, the globs choose. */
function resolveByRepository(
  reported: ReportedNames,
  services: readonly ServiceRule[],
): ServiceRule | undefined {
  const { repository } = reported;
  const own = repository ? services.filter((rule) => isOf(rule, repository)) : [];
  if (own.length === 1) return own[0];
  const anywhere = services.filter((rule) => !repository || !rule.repository);
  return [...own, ...anywhere].find((rule) => matchesDeployments(rule, reported));
}

function matchesDeployments(rule: ServiceRule, reported: ReportedNames): boolean {
  const { service, environment, description, job } = reported;
  const names = [service, environment, description, job].filter((name) => name != null);
  return (rule.deployments ?? []).some((glob) => names.some((name) => matchesName(glob, name)));
}

function carriesLabels(rule: ServiceRule, reported: ReportedNames): boolean {
  const wanted = Object.entries(rule.labels ?? {});
  return wanted.length > 0 && wanted.every(([name, value]) => reported.labels?.[name] === value);
}

function isOf(rule: ServiceRule, repository: string): boolean {
  return rule.repository != null && sameText(rule.repository, repository);
}

function lastPart(repository: string | null): string | null {
  return repository?.split("/").filter(Boolean).at(-1) ?? null;
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
