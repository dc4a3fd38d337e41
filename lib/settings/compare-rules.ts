import type { Config } from "@/lib/config";
import { placeDeployment } from "@/lib/facts/place";
import type { NamedDeployment } from "@/lib/settings/read-named";

/** Where a deployment is by the rules in force, and where it would be. */
export interface Move {
  from: string;
  to: string;
}

/**
 * Compares two sets of rules: answers, for a deployment by the names it was given,
 * the service it is of by each. Pure; equal names are resolved once.
 */
export function compareRules(
  present: Config,
  candidate: Config,
): (deployment: NamedDeployment) => Move {
  const known = new Map<string, Move>();
  return ({ service, environment, repository, description, name }) => {
    const names = { service, environment, repository, description, name };
    const key = JSON.stringify(names);
    const move = known.get(key) ?? {
      from: placeDeployment(present, names).service,
      to: placeDeployment(candidate, names).service,
    };
    known.set(key, move);
    return move;
  };
}

/** The rules with one more, or one replaced, in the order in which they would be asked. */
export function rulesWith(config: Config, rule: Config["services"][number]): Config {
  const isOfFile = ({ name }: { name: string }) => config.provisioned.services.includes(name);
  const stored = config.services.filter((known) => !isOfFile(known) && known.name !== rule.name);
  const inOrder = [...stored, rule].sort((one, other) => (one.name < other.name ? -1 : 1));
  return { ...config, services: [...config.services.filter(isOfFile), ...inOrder] };
}
