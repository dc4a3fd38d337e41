import { inferTier } from "@/lib/deployments/environment";

/**
 * The environment that a name says (`checkout-staging` → `staging`), for providers
 * that know apps alone: the tier in it, else production. Rules of pushline.yaml
 * still map what they name.
 */
export function environmentInName(name: string): string {
  const tier = inferTier(name);
  return tier === "other" ? "production" : tier;
}
