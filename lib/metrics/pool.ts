import type { CellContent } from "@/lib/metrics/cell-parts";
import { emptyTally } from "@/lib/metrics/count-tallies";
import {
  addHistogram,
  coarse,
  emptyHistogram,
  fine,
  type Histogram,
  sketchPercentiles,
} from "@/lib/metrics/histogram";
import { noStages, type Stages, stageNames, unpackStages } from "@/lib/metrics/stages";
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

/** The histograms of cells of the tally, pooled. */
export function histogramsOf(cells: readonly Pick<CellContent, "histograms">[]): {
  leadTime: Histogram;
  recovery: Histogram;
} {
  const [leadTime, recovery] = [emptyHistogram(fine), emptyHistogram(fine)];
  for (const { histograms } of cells) {
    const [leadTexts = "", recoveryTexts = ""] = histograms.split("|");
    addHistogram(leadTime, fine, leadTexts);
    addHistogram(recovery, fine, recoveryTexts);
  }
  return { leadTime, recovery };
}

/** One cell's stages as they are; several cells' together, with percentiles from their histograms. */
export function stagesOf(cells: readonly CellContent[]): Stages {
  const [only] = cells;
  if (only && cells.length === 1 && only.figures !== "") return unpackStages(only.figures);
  const pooled = stageNames.map(() => emptyHistogram(coarse));
  for (const { histograms } of cells)
    histograms.split("|").forEach((text, index) => {
      const histogram = pooled[index];
      if (histogram) addHistogram(histogram, coarse, text);
    });
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
