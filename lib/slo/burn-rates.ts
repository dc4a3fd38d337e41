import { budgetLeft, budgetSpent, burnRate, type Count } from "@/lib/slo/budget";
import type { Objective } from "@/lib/slo/objective";

export const sloStates = ["ok", "slow_burn", "fast_burn", "exhausted", "no_data"] as const;
export type SloState = (typeof sloStates)[number];

const hour = 3600;

/**
 * A share of the whole window's budget, spent within the long window and still being
 * spent over the short one, a twelfth of it. Source: Google's SRE workbook, "Alerting
 * on SLOs", multiwindow multi-burn-rate alerts: 2 % in an hour and 5 % in six page,
 * 10 % in three days makes a ticket.
 */
export const burnWindows = [
  { windowSeconds: hour, shortWindowSeconds: hour / 12, budgetShare: 0.02, state: "fast_burn" },
  { windowSeconds: 6 * hour, shortWindowSeconds: hour / 2, budgetShare: 0.05, state: "fast_burn" },
  { windowSeconds: 72 * hour, shortWindowSeconds: 6 * hour, budgetShare: 0.1, state: "slow_burn" },
] as const;

export interface BurnRate {
  windowSeconds: number;
  shortWindowSeconds: number;
  /** How many times as fast as the target allows; null without events in the window. */
  burnRate: number | null;
  shortBurnRate: number | null;
  /** Events of the long window, and the good ones of them. */
  n: number;
  good: number;
  shortN: number;
  shortGood: number;
  /** From which rate on it alerts. */
  thresholdRate: number;
  /** Share of the whole window's budget that the long window spent; null without events. */
  budgetSpent: number | null;
  burning: boolean;
}

/**
 * The burn rates of one objective: `counts` are of the burn windows, in their order.
 * With a target of 90 % nothing burns faster than 10 times: a threshold beyond that
 * is capped, so that a window in which all is bad alerts. A few events at night reach any
 * rate, hence the share of the budget must have been spent indeed.
 */
export function burnRates(
  { target, windowDays }: Pick<Objective, "target" | "windowDays">,
  whole: Count,
  counts: readonly { long: Count; short: Count }[],
): BurnRate[] {
  const fastest = burnRate({ n: 1, good: 0 }, target) ?? 1;
  return burnWindows.flatMap(({ windowSeconds, shortWindowSeconds, budgetShare }, index) => {
    const count = counts[index];
    if (!count) return [];
    const thresholdRate = Math.min((budgetShare * windowDays * 24 * hour) / windowSeconds, fastest);
    const long = burnRate(count.long, target);
    const short = burnRate(count.short, target);
    const spent = budgetSpent(count.long, whole.n, target);
    return {
      windowSeconds,
      shortWindowSeconds,
      burnRate: long,
      shortBurnRate: short,
      n: count.long.n,
      good: count.long.good,
      shortN: count.short.n,
      shortGood: count.short.good,
      thresholdRate,
      budgetSpent: spent,
      burning:
        (long ?? 0) >= thresholdRate &&
        (short ?? 0) >= thresholdRate &&
        (spent ?? 0) >= budgetShare,
    };
  });
}

/** The gravest of what holds: the budget is gone, then burning fast, then slowly. */
export function stateOf(whole: Count, target: number, rates: readonly BurnRate[]): SloState {
  const left = budgetLeft(whole, target);
  if (left === null) return "no_data";
  if (left <= 0) return "exhausted";
  const burning = burnWindows.filter((_, index) => rates[index]?.burning);
  return burning[0]?.state ?? "ok";
}
