import type { SeriesAnswer } from "@/lib/http/figure-answers";

export interface VersionComparison {
  oldVersion: string;
  newVersion: string;
  oldValue: number;
  newValue: number;
  /** new ÷ old − 1; null where the old is zero. */
  change: number | null;
  /** "unclear" where a difference may well be noise. */
  reading: "same" | "better" | "worse" | "watch" | "unclear";
}

const versionLabels = ["service.version", "service_version", "version"];
const watchAbove = 0.05;
const worseAbove = 0.15;
/** A difference counts from so many standard errors on, over at least so many pairs. */
const standardErrors = 2;
const pairsAtLeast = 5;

/**
 * Means of the two versions that report last, over the minutes in which both
 * do, and whether the paired difference is more than noise. Null where versions
 * do not report, or never at the same time. The version whose first value is
 * later is the new one.
 */
export function compareVersions({ series }: SeriesAnswer): VersionComparison | null {
  const [older, newer] = series
    .flatMap(({ labels, points }) => {
      const version = versionLabels.map((name) => labels[name]).find(Boolean);
      const firstAt = points.find(([, value]) => value !== null)?.[0];
      return version && firstAt !== undefined ? [{ version, points, firstAt }] : [];
    })
    .sort((a, b) => a.firstAt - b.firstAt)
    .slice(-2);
  if (!older || !newer || older.version === newer.version) return null;
  const olderAt = new Map(older.points);
  const pairs = newer.points.flatMap(([at, value]) => {
    const other = olderAt.get(at) ?? null;
    return value === null || other === null ? [] : [{ value, other }];
  });
  if (pairs.length === 0) return null;
  const newValue = pairs.reduce((sum, { value }) => sum + value, 0) / pairs.length;
  const oldValue = pairs.reduce((sum, { other }) => sum + other, 0) / pairs.length;
  const change = oldValue === 0 ? null : newValue / oldValue - 1;
  return {
    oldVersion: older.version,
    newVersion: newer.version,
    oldValue,
    newValue,
    change,
    reading: isClear(pairs.map(({ value, other }) => value - other))
      ? readingOf(change, newValue)
      : small(change, newValue)
        ? "same"
        : "unclear",
  };
}

/** Whether the mean of paired differences lies well away from zero. */
function isClear(differences: number[]): boolean {
  const n = differences.length;
  if (n < pairsAtLeast) return false;
  const mean = differences.reduce((sum, each) => sum + each, 0) / n;
  const variance = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (n - 1);
  return Math.abs(mean) > standardErrors * Math.sqrt(variance / n);
}

/** All signals compared are the better the lower. */
function readingOf(change: number | null, newValue: number): VersionComparison["reading"] {
  if (small(change, newValue)) return "same";
  if (change !== null && change < 0) return "better";
  return change !== null && change > worseAbove ? "worse" : "watch";
}

function small(change: number | null, newValue: number): boolean {
  return change === null ? newValue === 0 : Math.abs(change) <= watchAbove;
}
