/** What is counted; sums over parts of a window are the counts of the whole. */
const countNames = [
  /** Completed, other than rollbacks and redeploys, each rollout once. */
  "deployments",
  /** Calendar days, in the zone, with such a deployment. */
  "deploymentDays",
  "completed",
  "rework",
  /** Deployments in a tier where failure is judged; 0 outside production. */
  "judged",
  "failed",
  "restored",
  "open",
  "heldRollback",
  "heldRevert",
  "heldFixForward",
  "heldFlagOff",
  "heldNone",
  /** Every attempt at a remedy once, with the oldest failure that it served. */
  "triedRollback",
  "triedRevert",
  "triedFixForward",
  "triedFlagOff",
  /** Failures with a remedy, and those whose first was a rollback. */
  "remedied",
  "rollbackFirst",
  "leadTimes",
  "anomalies",
  "unknownChangeSets",
  "failedAttempts",
  "failedRemedies",
  /** Attempts that ended, canceled ones aside, and those of them that succeeded. */
  "finished",
  "succeeded",
  "releases",
] as const;
export type Counts = Record<(typeof countNames)[number], number>;

export interface Percentiles {
  p50: number | null;
  p90: number | null;
  /** Made of a histogram: off by at most 1 %. */
  isSketch?: true;
}

/** What was counted in one window and scope; seconds. */
export interface Tally {
  counts: Counts;
  leadTime: Percentiles;
  recovery: Percentiles;
  /** In a cell, which of the period's calendar days had a deployment: bit 0 is its first. */
  dayBits: number;
}

export const noPercentiles: Percentiles = { p50: null, p90: null };

const zeros = Object.fromEntries(countNames.map((name) => [name, 0])) as Counts;

export function noCounts(): Counts {
  return { ...zeros };
}

export function addCounts(into: Counts, more: Counts): void {
  for (const name of countNames) into[name] += more[name];
}

/** As a cell keeps it: numbers in a fixed order, which a migration that changes it empties the cells for. */
export function packTally({ counts, leadTime, recovery, dayBits }: Tally): string {
  return JSON.stringify([
    ...countNames.map((name) => counts[name]),
    leadTime.p50,
    leadTime.p90,
    recovery.p50,
    recovery.p90,
    dayBits,
  ]);
}

export function unpackTally(text: string): Tally {
  const numbers = JSON.parse(text) as (number | null)[];
  const counts = noCounts();
  countNames.forEach((name, index) => {
    counts[name] = numbers[index] ?? 0;
  });
  const [lead50 = null, lead90 = null, recovery50 = null, recovery90 = null, dayBits = 0] =
    numbers.slice(countNames.length);
  return {
    counts,
    leadTime: { p50: lead50, p90: lead90 },
    recovery: { p50: recovery50, p90: recovery90 },
    dayBits: dayBits ?? 0,
  };
}

/** Of percentile_cont's answer; no fact is known below the millisecond. */
export function toPercentiles(values: readonly (number | null)[] | null): Percentiles {
  const [p50, p90] = [values?.[0], values?.[1]].map((seconds) =>
    seconds == null ? null : Math.round(seconds * 1000) / 1000,
  );
  return { p50: p50 ?? null, p90: p90 ?? null };
}
