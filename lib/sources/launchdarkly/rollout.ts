import { list, type Payload, part } from "@/lib/sources/payload";

/** 100 % in a rollout's weights. */
const whole = 100_000;

/**
 * The share of those that no rule matches who get the variation `true`, 0..100; null where
 * the flag is no true-or-false one, or its rollout is not told.
 */
export function percentOf(version: Payload, environment: string): number | null {
  const environments = part(version.environments);
  const own = Object.hasOwn(environments, environment) ? environments[environment] : null;
  const weights = list(part(part(part(own).fallthrough).rollout).variations).map(part);
  const variations = list(version.variations).map((variation) => part(variation).value);
  const serving = variations.indexOf(true);
  const weight = weights.find(({ variation }) => variation === serving)?.weight;
  if (serving < 0 || typeof weight !== "number" || weight < 0 || weight > whole) return null;
  return (weight / whole) * 100;
}
