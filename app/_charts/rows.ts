import type { Points, Series } from "./types";

/** A time and every series' value at it, in the order of the series. */
export type Row = readonly [at: number, ...values: (number | null)[]];

/**
 * Series of different times as rows of all times. Where a series has no point
 * of its own it takes the value on its line between its two neighbours, so
 * that the drawn line does not change; beside a gap it stays null.
 */
export function mergeRows(series: readonly Series[]): Row[] {
  const only = series.length === 1 ? series[0] : undefined;
  if (only) return only.points.map(([at, value]) => [at, value]);
  const times = [...new Set(series.flatMap(({ points }) => points.map(([at]) => at)))];
  times.sort((a, b) => a - b);
  const columns = series.map(({ points }) => readAlong(points, times));
  return times.map((at, index) => [at, ...columns.map((column) => column[index] ?? null)]);
}

function readAlong(points: Points, times: readonly number[]): (number | null)[] {
  let index = 0;
  return times.map((at) => {
    while (index < points.length - 1 && (points[index + 1]?.[0] ?? at) <= at) index += 1;
    const before = points[index];
    const after = points[index + 1];
    if (!before || at < before[0]) return null;
    if (before[0] === at) return before[1];
    if (!after || before[1] === null || after[1] === null) return null;
    return before[1] + ((after[1] - before[1]) * (at - before[0])) / (after[0] - before[0]);
  });
}

/** The value nearest to a time, null where none is within the given distance. */
export function valueNear(points: Points, at: number, within: number): number | null {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const after = points[low];
  const before = points[low - 1];
  const nearer = !after || (before && at - before[0] <= after[0] - at) ? before : after;
  return nearer && Math.abs(nearer[0] - at) <= within ? nearer[1] : null;
}

/** How far from a time a point may lie and still speak for it: thinned points stand unevenly. */
export function reachOf(points: Points): number {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return 0;
  return (3 * (last[0] - first[0])) / Math.max(1, points.length - 1);
}

/** The last value of a series that is one; null where there is none. */
export function lastValue(points: Points): number | null {
  for (let index = points.length - 1; index >= 0; index -= 1) {
    const value = points[index]?.[1] ?? null;
    if (value !== null) return value;
  }
  return null;
}
