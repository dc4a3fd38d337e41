import type { Sample } from "@/lib/series/types";

/** Where a series most clearly moved to another level. */
export interface ChangePoint {
  /** Epoch milliseconds of the first sample on the new level. */
  at: number;
  before: number;
  after: number;
  /** How many standard errors, of the spread pooled over both sides, the level moved. */
  strength: number;
}

const samplesEachSide = 3;
/** Below this the move is within what the series does anyway. */
const clearStrength = 4;

/**
 * The best single split of the samples into two levels, by the largest
 * standardised difference of means; null when nothing moved clearly. `floor` is
 * the least spread taken for noise, so that a flat zero line is not infinitely sure.
 */
export function changePoint(samples: readonly Sample[], floor: number): ChangePoint | null {
  let best: ChangePoint | null = null;
  const sums = prefixSums(samples);
  for (let split = samplesEachSide; split <= samples.length - samplesEachSide; split += 1) {
    const point = levelsAt(samples, sums, split, floor);
    if (!best || point.strength > best.strength) best = point;
  }
  return best && best.strength >= clearStrength ? atItsFoot(samples, best, floor) : null;
}

/** Leaving the old level by more than this many of its standard deviations is the foot of the move. */
const footDeviations = 3;

/** A move that climbs for a while splits best halfway up; it began where the old level was left. */
function atItsFoot(samples: readonly Sample[], point: ChangePoint, floor: number): ChangePoint {
  const direction = Math.sign(point.after - point.before);
  let split = samples.findIndex(([at]) => at === point.at);
  for (; split > samplesEachSide; split -= 1) {
    const old = samples.slice(0, split - 1);
    const level = levelOf(...boundsOf(old), old.length);
    const left = direction * ((samples[split - 1]?.[1] ?? 0) - level.mean);
    if (left <= footDeviations * Math.sqrt(level.variance) + floor) break;
  }
  const before = samples.slice(0, split);
  const level = levelOf(...boundsOf(before), before.length);
  return { ...point, at: samples[split]?.[0] ?? point.at, before: level.mean };
}

function boundsOf(samples: readonly Sample[]): [Prefix, Prefix] {
  const sums = prefixSums(samples);
  return [sums[0] as Prefix, sums.at(-1) as Prefix];
}

interface Prefix {
  sum: number;
  squares: number;
}

function prefixSums(samples: readonly Sample[]): Prefix[] {
  const sums: Prefix[] = [{ sum: 0, squares: 0 }];
  for (const [, value] of samples) {
    const before = sums.at(-1) as Prefix;
    sums.push({ sum: before.sum + value, squares: before.squares + value * value });
  }
  return sums;
}

function levelsAt(
  samples: readonly Sample[],
  sums: readonly Prefix[],
  split: number,
  floor: number,
): ChangePoint {
  const left = levelOf(sums[0] as Prefix, sums[split] as Prefix, split);
  const count = samples.length - split;
  const right = levelOf(sums[split] as Prefix, sums.at(-1) as Prefix, count);
  // Pooled over both sides: a few samples that happen to agree are not a level of their own.
  const within = (left.variance * split + right.variance * count) / samples.length;
  const spread = Math.sqrt(within * (1 / split + 1 / count)) + floor;
  return {
    at: samples[split]?.[0] ?? 0,
    before: left.mean,
    after: right.mean,
    strength: Math.abs(right.mean - left.mean) / spread,
  };
}

function levelOf(from: Prefix, to: Prefix, count: number): { mean: number; variance: number } {
  const mean = (to.sum - from.sum) / count;
  return { mean, variance: Math.max(0, (to.squares - from.squares) / count - mean * mean) };
}

/** The mean of the samples in [from, to); null where there are none. */
export function meanBetween(samples: readonly Sample[], from: number, to: number): number | null {
  const inside = samples.filter(([at]) => at >= from && at < to);
  if (inside.length === 0) return null;
  return inside.reduce((sum, [, value]) => sum + value, 0) / inside.length;
}
