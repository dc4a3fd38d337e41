import type { Config } from "@/lib/config";
import type { ReportedNames } from "@/lib/deployments/resolve-service";
import { serviceOf } from "@/lib/facts/place";
import type { NamedDeployment } from "@/lib/settings/read-named";

/** How far back rules are compared by what was deployed. */
export const daysCompared = 90;

/** Where a deployment is by the rules in force, and where it would be. */
export interface Move {
  from: string;
  to: string;
}

/**
 * Compares the rules in force with others in which the rule of one service differs:
 * answers, for a deployment by the names it was given, the service it is of by each.
 * Pure. Only what that rule, as it is or as it would be, takes when it stands alone
 * can be moved by it: all else is asked of no other rule and stays in its place.
 */
export function compareRules(
  present: Config,
  candidate: Config,
  service: string,
): (deployment: NamedDeployment) => Move {
  const isOne = ({ name }: { name: string }) => name === service;
  const alone = [present, candidate].map(({ services }) => ({ services: services.filter(isOne) }));
  return (deployment) => {
    const names = namesOf(deployment);
    if (alone.every((rules) => serviceOf(names, rules) !== service))
      return { from: deployment.placed, to: deployment.placed };
    return { from: serviceOf(names, present), to: serviceOf(names, candidate) };
  };
}

function namesOf(deployment: NamedDeployment): ReportedNames {
  const { service, environment, repository, description, name } = deployment;
  return { service, environment, repository, description, job: name };
}

/** The rules with one more, or one replaced, in the order in which they would be asked. */
export function rulesWith(config: Config, rule: Config["services"][number]): Config {
  const isOfFile = ({ name }: { name: string }) => config.provisioned.services.includes(name);
  const stored = config.services.filter((known) => !isOfFile(known) && known.name !== rule.name);
  const inOrder = [...stored, rule].sort((one, other) => (one.name < other.name ? -1 : 1));
  return { ...config, services: [...config.services.filter(isOfFile), ...inOrder] };
}
