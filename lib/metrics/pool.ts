import type { CellContent } from "@/lib/metrics/cell-parts";
import type { Edge } from "@/lib/metrics/count-edges";
import { emptyTally } from "@/lib/metrics/count-tallies";
import {
  addBrackets,
  addHistogram,
  coarse,
  emptyHistogram,
  fine,
  type Histogram,
  sketchPercentiles,
} from "@/lib/metrics/histogram";
import {
  leadStageColumns,
  noStages,
  type Stages,
  stageNames,
  unpackStages,
} from "@/lib/metrics/stages";
import { addCounts, type Counts, noCounts, type Tally, unpackTally } from "@/lib/metrics/tally";

/** One place's cell as it is; several places' together, with percentiles from their histograms. */
export function tallyOfPeriod(places: readonly CellContent[]): Tally {
  const [only] = places;
  if (!only) return emptyTally();
  if (places.length === 1) return unpackTally(only.figures);
  const { leadTime, recovery } = histogramsOf(places);
  return {
    counts: countsOfPeriod(places),
    leadTime: sketchPercentiles(leadTime, fine),
    recovery: sketchPercentiles(recovery, fine),
    dayBits: 0,
  };
}

/** Sums over places, but for the days: one on which several deployed is one. */
export function countsOfPeriod(places: readonly CellContent[]): Counts {
  const counts = noCounts();
  let dayBits = 0;
  for (const place of places) {
    const tally = unpackTally(place.figures);
    addCounts(counts, tally.counts);
    dayBits |= tally.dayBits;
  }
  return { ...counts, deploymentDays: bitsIn(dayBits) };
}

/** The histograms of cells of the tally, pooled, with what lies at a window's edges. */
export function histogramsOf(
  cells: readonly CellContent[],
  edges: readonly Edge[] = [],
): {
  leadTime: Histogram;
  recovery: Histogram;
} {
  const [leadTime, recovery] = [emptyHistogram(fine), emptyHistogram(fine)];
  for (const { histograms } of cells) {
    const [leadTexts = "", recoveryTexts = ""] = histograms.split("|");
    addHistogram(leadTime, fine, leadTexts);
    addHistogram(recovery, fine, recoveryTexts);
  }
  for (const { leadTimes, recoveries } of edges) {
    addBrackets(leadTime, fine, leadTimes);
    addBrackets(recovery, fine, recoveries);
  }
  return { leadTime, recovery };
}

/** One place's cell as it is; several places' together, with percentiles from their histograms. */
export function stagesOfPeriod(places: readonly CellContent[]): Stages {
  const [only] = places;
  return only && places.length === 1 ? unpackStages(only.figures) : poolStages(places, []);
}

/** Stages of cells and of what lies at a window's edges, with percentiles from their histograms. */
export function poolStages(cells: readonly CellContent[], edges: readonly Edge[]): Stages {
  const pooled = stageNames.map(() => emptyHistogram(coarse));
  const each = (texts: readonly string[], add: typeof addHistogram, first = 0) =>
    texts.forEach((text, index) => {
      const histogram = pooled[first + index];
      if (histogram) add(histogram, coarse, text);
    });
  for (const { histograms } of cells) each(histograms.split("|"), addHistogram);
  for (const { stages } of edges) {
    each(stages.lead, addBrackets);
    each(stages.recovery, addBrackets, leadStageColumns.length);
  }
  const stages = noStages();
  stageNames.forEach((name, index) => {
    const histogram = pooled[index];
    if (histogram) stages[name] = { n: histogram.n, ...sketchPercentiles(histogram, coarse) };
  });
  return stages;
}

function bitsIn(bits: number): number {
  let left = bits >>> 0;
  let count = 0;
  for (; left > 0; left >>>= 1) count += left & 1;
  return count;
}
