import { countsErrors, type Recipe } from "@/lib/series/signals";
import type { Sample, SeriesSamples } from "@/lib/series/types";

/** The slots that a graph's points are made of. */
export interface Slots {
  from: number;
  to: number;
  stepMilliseconds: number;
}

/**
 * A signal over time from the series it is made of, one point for each slot that
 * has data (at the slot's end), in order. Rates are per second; a ratio without
 * requests is no point, never zero.
 */
export function compute(recipe: Recipe, series: readonly SeriesSamples[], slots: Slots): Sample[] {
  switch (recipe.kind) {
    case "rate":
      return perSecond(series, slots);
    case "error_ratio":
      return ratio(series, slots);
    case "quantile":
      return quantiles(series, recipe.q, slots);
    case "mean":
      return meanOf(series, slots);
  }
}

type BySlot = Map<number, number>;

/** What was added within each slot, over all series. */
function sumOf(series: readonly SeriesSamples[], slots: Slots): BySlot {
  const sums: BySlot = new Map();
  for (const each of series) addIncreases(sums, each, slots);
  return sums;
}

/** Spreads each increase over the time it took, so that jitter between samples makes no spikes. */
function addIncreases(sums: BySlot, series: SeriesSamples, slots: Slots): void {
  for (const { start, end, increase } of increases(series)) {
    const first = slotOf(start + 1, slots);
    const last = slotOf(end, slots);
    for (let slot = Math.max(first, 1); slot <= Math.min(last, slotCount(slots)); slot += 1) {
      const inside =
        Math.min(end, slotEnd(slot, slots)) - Math.max(start, slotEnd(slot - 1, slots));
      sums.set(slot, (sums.get(slot) ?? 0) + increase * (inside / (end - start)));
    }
  }
}

interface Increase {
  start: number;
  end: number;
  increase: number;
}

function* increases(series: SeriesSamples): Generator<Increase> {
  const { shape, samples } = series;
  const interval = typicalInterval(samples) ?? 60_000;
  for (const [index, [end, value]] of samples.entries()) {
    const before = samples[index - 1];
    if (shape === "delta") {
      const start = Math.max(before?.[0] ?? 0, end - 2 * interval);
      yield { start: before ? start : end - interval, end, increase: value };
    } else if (before) {
      // A counter that fell was restarted: what it shows now is what it counted since.
      const increase = value >= before[1] ? value - before[1] : value;
      yield { start: before[0], end, increase };
    }
  }
}

/** The median distance of samples, in milliseconds; null for fewer than two. */
export function typicalInterval(samples: readonly Sample[]): number | null {
  const gaps = samples.slice(1).map(([at], index) => at - (samples[index]?.[0] ?? at));
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? null;
}

/** A sample stands for the time before it, so slot n owns (end of n - 1, end of n]. */
function slotOf(at: number, { from, stepMilliseconds }: Slots): number {
  return Math.ceil((at - from) / stepMilliseconds);
}

function slotCount({ from, to, stepMilliseconds }: Slots): number {
  return Math.ceil((to - from) / stepMilliseconds);
}

function slotEnd(slot: number, slots: Slots): number {
  return slots.from + slot * slots.stepMilliseconds;
}

function inOrder(values: BySlot, slots: Slots): Sample[] {
  return [...values]
    .sort(([a], [b]) => a - b)
    .map(([slot, value]): Sample => [slotEnd(slot, slots), value]);
}

/** The slot that the data ends in would show too little, and is left out. */
function perSecond(series: readonly SeriesSamples[], slots: Slots): Sample[] {
  const seconds = slots.stepMilliseconds / 1000;
  const last = Math.max(...series.map((each) => each.samples.at(-1)?.[0] ?? 0));
  return inOrder(sumOf(series, slots), slots)
    .filter(([at]) => at <= last)
    .map(([at, sum]): Sample => [at, sum / seconds]);
}

function ratio(series: readonly SeriesSamples[], slots: Slots): Sample[] {
  const all = sumOf(series, slots);
  const errors = sumOf(
    series.filter((each) => countsErrors(each.labels)),
    slots,
  );
  const ratios: BySlot = new Map();
  for (const [slot, total] of all)
    if (total > 0) ratios.set(slot, Math.min(1, (errors.get(slot) ?? 0) / total));
  return inOrder(ratios, slots);
}

/** Linear within the bucket the quantile falls into, as Prometheus' histogram_quantile does. */
function quantiles(series: readonly SeriesSamples[], q: number, slots: Slots): Sample[] {
  const bounds = new Map<number, BySlot>();
  for (const each of series) {
    const bound = boundOf(each);
    if (bound === null) continue;
    const sums = bounds.get(bound) ?? new Map();
    addIncreases(sums, each, slots);
    bounds.set(bound, sums);
  }
  const ordered = [...bounds].sort(([a], [b]) => a - b);
  const slotsSeen = new Set(ordered.flatMap(([, sums]) => [...sums.keys()]));
  const scale = series[0]?.unit === "ms" ? 0.001 : 1;
  const values: BySlot = new Map();
  for (const slot of slotsSeen) {
    const counts = ordered.map(([bound, sums]): Sample => [bound, sums.get(slot) ?? 0]);
    const value = quantile(counts, q);
    if (value !== null) values.set(slot, value * scale);
  }
  return inOrder(values, slots);
}

function boundOf(series: SeriesSamples): number | null {
  const { le } = series.labels;
  if (le === undefined) return null;
  return le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le);
}

/** Of (upper bound, count) pairs in order of their bound; null when nothing was counted. */
function quantile(counts: readonly Sample[], q: number): number | null {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  if (total <= 0) return null;
  const wanted = q * total;
  let seen = 0;
  let lower = 0;
  for (const [bound, count] of counts) {
    if (seen + count >= wanted && count > 0) {
      // Nothing is known above the last bound but that it was exceeded.
      if (bound === Number.POSITIVE_INFINITY) return lower;
      return lower + (bound - lower) * ((wanted - seen) / count);
    }
    seen += count;
    lower = bound;
  }
  return lower;
}

function meanOf(series: readonly SeriesSamples[], slots: Slots): Sample[] {
  const slotted = new Map<number, { sum: number; n: number }>();
  for (const { samples } of series)
    for (const [at, value] of samples) {
      const slot = slotOf(at, slots);
      if (slot < 1 || slot > slotCount(slots)) continue;
      const known = slotted.get(slot) ?? { sum: 0, n: 0 };
      slotted.set(slot, { sum: known.sum + value, n: known.n + 1 });
    }
  return inOrder(new Map([...slotted].map(([slot, { sum, n }]) => [slot, sum / n])), slots);
}
