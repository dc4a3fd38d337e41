import type { Percentiles } from "@/lib/metrics/tally";

/**
 * Counts of durations in log brackets, as the database's log_bracket(seconds) numbers
 * them: floor(404 × ln(seconds)), nothing below a millisecond. Neighbouring brackets
 * differ by 0.25 %; eight of them make one of γ = 1.02, which is what stages are kept in.
 * (C. Masson et al., DDSketch, VLDB 2019.)
 */
export interface Histogram {
  /** By bracket, counted from the lowest there can be. */
  counts: Int32Array;
  n: number;
}

export interface Resolution {
  lowest: number;
  length: number;
  perUnit: number;
}

/** A millisecond to 30,000 years. */
export const fine: Resolution = { lowest: -2791, length: 14_000, perUnit: 404 };
/** γ = 1.02: a value told by the middle of its bracket is off by 1 % at most. */
export const coarse: Resolution = { lowest: -349, length: 1_750, perUnit: 50.5 };

export function emptyHistogram({ length }: Resolution): Histogram {
  return { counts: new Int32Array(length), n: 0 };
}

/** Adds what a cell keeps: `gap,count;gap,count`, gaps from bracket 0 and then from the one before. */
export function addHistogram(into: Histogram, { lowest }: Resolution, text: string): void {
  let bracket = -lowest;
  let number = 0;
  let sign = 1;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index < text.length ? text.charCodeAt(index) : semicolon;
    if (code === comma) {
      bracket += sign * number;
      number = 0;
      sign = 1;
    } else if (code === minus) sign = -1;
    else if (code !== semicolon) number = number * 10 + code - zero;
    else if (number > 0) {
      into.counts[bracket] = (into.counts[bracket] ?? 0) + number;
      into.n += number;
      number = 0;
    }
  }
}

/** Adds brackets that are told one by one, parted by commas. */
export function addBrackets(into: Histogram, { lowest }: Resolution, text: string): void {
  if (text === "") return;
  for (const bracket of text.split(",")) {
    const index = Number(bracket) - lowest;
    into.counts[index] = (into.counts[index] ?? 0) + 1;
    into.n += 1;
  }
}

const [comma, semicolon, minus, zero] = [44, 59, 45, 48];

/** One of a sorted list's values: its bracket and its place among those in there. */
export interface Rank {
  bracket: number;
  offset: number;
}

/** Where in the histogram the value stands that has so many below it in sorted order. */
export function rankOf({ counts }: Histogram, { lowest }: Resolution, place: number): Rank {
  let below = 0;
  for (let index = 0; index < counts.length; index += 1) {
    const count = counts[index] ?? 0;
    if (below + count > place) return { bracket: lowest + index, offset: place - below };
    below += count;
  }
  throw new RangeError(`No value ${place} among ${below}`);
}

/** The two closest ranks of a percentile of n sorted values, and how far it lies between them. */
export function closestRanks(n: number, share: number) {
  const place = share * (n - 1);
  const below = Math.floor(place);
  return { below, above: Math.ceil(place), fraction: place - below };
}

/** p50 and p90 told from brackets alone, off by 1 % at most; null where nothing was counted. */
export function sketchPercentiles(histogram: Histogram, resolution: Resolution): Percentiles {
  if (histogram.n === 0) return { p50: null, p90: null };
  const at = (share: number) => {
    const { below, above, fraction } = closestRanks(histogram.n, share);
    const [low, high] = [below, above].map((place) =>
      middleOf(rankOf(histogram, resolution, place).bracket, resolution),
    );
    return interpolate(low ?? 0, high ?? 0, fraction);
  };
  return { p50: at(0.5), p90: at(0.9), isSketch: true };
}

/** Between two values; no fact is known below the millisecond, and interpolation leaves 820.0000000000001. */
export function interpolate(low: number, high: number, fraction: number): number {
  return Math.round((low + (high - low) * fraction) * 1000) / 1000;
}

/** Zero has no logarithm: it is in the bracket of a millisecond. */
function middleOf(bracket: number, { perUnit, lowest }: Resolution): number {
  return bracket <= lowest ? 0 : Math.exp((bracket + 0.5) / perUnit);
}
