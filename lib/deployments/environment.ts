import type { Tier } from "@/lib/config";
import { matchesName } from "./glob";

/** A rule of pushline.yaml: what environments of these names are. */
export interface EnvironmentRule {
  /** A glob over the environment's name. */
  match: string;
  tier?: Tier | null;
  /** Joins the regions of one rollout. */
  group?: string | null;
}

export interface ResolvedEnvironment {
  environment: string;
  tier: Tier;
  group: string | null;
}

/**
 * An environment's tier and rollout group: inferred from its name, overridden by
 * every rule that matches, in their order, so that a later rule may add a group
 * to what an earlier one said.
 */
export function resolveEnvironment(
  environment: string,
  rules: readonly EnvironmentRule[],
): ResolvedEnvironment {
  let tier = inferTier(environment);
  let group: string | null = null;
  for (const rule of rules) {
    if (!matchesName(rule.match, environment)) continue;
    tier = rule.tier ?? tier;
    group = rule.group ?? group;
  }
  return { environment, tier, group };
}

const words: Record<Exclude<Tier, "other">, RegExp> = {
  staging: /^(staging|stage|stg|uat|acceptance|preprod|preproduction|prelive)$/,
  testing: /^(testing|test|tst|qa|ci|integration)$/,
  development: /^(development|develop|dev|local|localhost|preview|previews|review)$/,
  production: /^(production|prod|prd|live)$/,
};

/**
 * The tier that an environment's name says: production only where nothing in it
 * says otherwise (nonprod, preprod, "not production", prod-test are not).
 */
export function inferTier(environment: string): Tier {
  const parts = environment
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((part) => part !== "");
  // "pre-production" is one word in two.
  const joined = parts.map((part, index) => (parts[index - 1] === "pre" ? `pre${part}` : part));
  for (const tier of ["development", "testing", "staging"] as const) {
    if (joined.some((part) => words[tier].test(part))) return tier;
  }
  const production = joined.findIndex((part) => words.production.test(part));
  const denied = joined
    .slice(0, Math.max(0, production))
    .some((part) => /^(non|not|no)$/.test(part));
  return production >= 0 && !denied ? "production" : "other";
}
