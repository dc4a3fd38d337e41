import { type Indicator, indicators } from "@/lib/slo/indicators";
import { type Measure, measureOf } from "@/lib/slo/measure";
import type { Objective, Scope } from "@/lib/slo/objective";
import { isSameScope, objectiveInForce, type PlacedService } from "@/lib/slo/scopes";

/** One objective in one scope, with what is counted for it. */
export interface AskedSlo {
  indicator: Indicator;
  scope: Scope;
  /** Its threshold is the measure's. */
  objective: Objective;
  /** Where it was said. */
  from: Scope;
  measure: Measure;
}

/**
 * One for each indicator that has an objective in force in each of these scopes, by
 * scope, then indicator; what is switched off there is left out.
 */
export function slosAsked(
  objectives: readonly Objective[],
  services: readonly PlacedService[],
  scopes: readonly Scope[],
): AskedSlo[] {
  return scopes.flatMap((scope) =>
    indicators.flatMap((indicator) => {
      const held = objectiveInForce(objectives, { indicator, scope }, services);
      const measure = held && measureOf(held.objective, objectives, services);
      return held && measure
        ? [{ indicator, scope, objective: held.objective, from: held.from, measure }]
        : [];
    }),
  );
}

/** Each scope once. */
export function distinctScopes(scopes: readonly Scope[]): Scope[] {
  return scopes.filter(
    (scope, index) => scopes.findIndex((each) => isSameScope(each, scope)) === index,
  );
}
