import { budgetLeft, type Count, nothing, plus } from "@/lib/slo/budget";

/** What happened until `at`, since the step before. */
export interface BurnDownStep extends Count {
  at: Date;
}

export interface BurnDownPoint extends BurnDownStep {
  /** Of the budget of the whole window; null where the window holds no event. */
  budgetLeft: number | null;
}

/**
 * How the window's error budget was spent: whole at its beginning, at its end what
 * `budgetLeft` says of the window. The steps are of one window, in order; a point
 * carries its own step's events, so that they add up to the window's.
 * Source: Google's SRE workbook, "Implementing SLOs", the error budget's burn-down.
 */
export function burnDown(steps: readonly BurnDownStep[], target: number): BurnDownPoint[] {
  const { n } = steps.reduce<Count>(plus, nothing);
  let soFar = nothing;
  return steps.map((step) => {
    soFar = plus(soFar, step);
    return { at: step.at, n: step.n, good: step.good, budgetLeft: budgetLeft(soFar, target, n) };
  });
}
