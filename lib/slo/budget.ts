/** How many events there were, and how many of them were good. */
export interface Count {
  n: number;
  good: number;
}

export const nothing: Count = { n: 0, good: 0 };

export function plus(one: Count, other: Count): Count {
  return { n: one.n + other.n, good: one.good + other.good };
}

/** Share of good events, 0..1; null without events. */
export function attainment({ n, good }: Count): number | null {
  return n === 0 ? null : good / n;
}

/**
 * Share of the error budget that is left: 1 untouched, 0 spent, below 0 overspent;
 * null without events. The budget is the bad events that the target allows among
 * those there were. Source: Google's SRE workbook, "Implementing SLOs".
 */
export function budgetLeft(
  count: Count,
  target: number,
  /** The whole window's, where the count is of a part of it. */
  windowEvents = count.n,
): number | null {
  const spent = budgetSpent(count, windowEvents, target);
  return spent === null ? null : toNanos(1 - spent);
}

/**
 * Share of a window's error budget that the bad events of one stretch spent: 0 none,
 * 1 all, above 1 more. `windowEvents` are the whole window's; null where it has none.
 */
export function budgetSpent(
  { n, good }: Count,
  windowEvents: number,
  target: number,
): number | null {
  return windowEvents === 0 ? null : toNanos((n - good) / ((1 - target) * windowEvents));
}

/**
 * How many times as fast as the target allows the budget is being spent: 1 spends it
 * just by the window's end; null without events. Source: Google's SRE workbook,
 * "Alerting on SLOs".
 */
export function burnRate({ n, good }: Count, target: number): number | null {
  return n === 0 ? null : toNanos((n - good) / n / (1 - target));
}

/** 1 − 0.9 is 0.09999999999999998: without this a budget spent to the last event were overspent. */
function toNanos(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
