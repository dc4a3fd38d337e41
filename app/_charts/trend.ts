import { type ValueScale, valueScale } from "./scale";
import { formatBucket, zoneOffset } from "./ticks";
import type { Bucket, BucketSize, Points, Unit } from "./types";
import { formatValue } from "./units";

/** One kind of part that a bucket's value is made of. */
export interface TrendPart {
  key: string;
  label: string;
  /** Any CSS colour. */
  colour: string;
  /** Hatched besides, so that neighbours differ without colour. */
  hatched?: boolean;
}

/** The y axis of a trend: all that will be drawn on it, and zero. */
export function trendScale(
  buckets: readonly Bucket[],
  unit: Unit,
  height: number,
  target?: number,
): ValueScale {
  const values = buckets.flatMap(({ value, previous, second }) => [
    value,
    previous ?? null,
    second ?? null,
  ]);
  return valueScale(values, { unit, height, include: target === undefined ? [] : [target] });
}

/** The points of one figure, each in the middle of its column, columns being 1 wide. */
export function columnPoints(
  buckets: readonly Bucket[],
  figure: (bucket: Bucket) => number | null | undefined,
): Points {
  return buckets.map((bucket, index) => [index + 0.5, figure(bucket) ?? null]);
}

/** Which columns are named under the axis: the first of a month or year, or every few. */
export function columnLabels(
  buckets: readonly Bucket[],
  size: BucketSize,
  timezone: string,
  most: number,
): (string | null)[] {
  const each = Math.max(1, Math.ceil(buckets.length / most));
  return buckets.map(({ from, to }, index) => {
    if ((buckets.length - 1 - index) % each !== 0) return null;
    // A bucket cut by the window's edge is named for the day it was cut at; a month keeps its name.
    const local = new Date(from + zoneOffset(from, timezone));
    if (size === "month") {
      const month = local.toLocaleString("en-US", { month: "short", timeZone: "UTC" });
      return local.getUTCMonth() === 0 ? `${local.getUTCFullYear()}` : month;
    }
    return formatBucket(from, Math.min(to, from + 1), timezone).slice(4);
  });
}

/** All that a bucket says, in a sentence: for its tooltip and for those who hear it. */
export function bucketLines(
  bucket: Bucket,
  unit: Unit,
  names: { value: string; second?: string; parts?: readonly TrendPart[] },
): { label: string; value: string }[] {
  const lines = [{ label: names.value, value: formatValue(bucket.value, unit) }];
  if (names.second) lines.push({ label: names.second, value: formatValue(bucket.second, unit) });
  for (const { key, label } of names.parts ?? []) {
    const count = bucket.parts?.[key] ?? 0;
    if (count > 0) lines.push({ label, value: formatValue(count, unit) });
  }
  if (bucket.previous !== undefined) {
    lines.push({ label: "Period before", value: formatValue(bucket.previous, unit) });
  }
  lines.push({ label: "n", value: bucket.n.toLocaleString("en-US") });
  return lines;
}
