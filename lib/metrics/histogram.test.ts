import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addHistogram,
  coarse,
  emptyHistogram,
  fine,
  rankOf,
  sketchPercentiles,
} from "@/lib/metrics/histogram";

const textOf = (brackets: [number, number][]) =>
  brackets
    .map(([bracket, count], index) => `${bracket - (brackets[index - 1]?.[0] ?? 0)},${count}`)
    .join(";");

describe("a histogram", () => {
  test("adds up the texts that cells keep, brackets below a second included", () => {
    const histogram = emptyHistogram(fine);
    addHistogram(
      histogram,
      fine,
      textOf([
        [-2791, 2],
        [-5, 1],
        [0, 4],
        [4100, 12],
      ]),
    );
    addHistogram(histogram, fine, textOf([[-5, 9]]));
    addHistogram(histogram, fine, "");
    expect(histogram.n).toBe(28);
    expect(rankOf(histogram, fine, 0)).toEqual({ bracket: -2791, offset: 0 });
    expect(rankOf(histogram, fine, 11)).toEqual({ bracket: -5, offset: 9 });
    expect(rankOf(histogram, fine, 15)).toEqual({ bracket: 0, offset: 3 });
    expect(rankOf(histogram, fine, 27)).toEqual({ bracket: 4100, offset: 11 });
  });

  test("tells percentiles that are off by 1 % at most", () => {
    const seconds = fc.double({ min: 0.002, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 1, maxLength: 200 }), (values) => {
        const histogram = emptyHistogram(coarse);
        for (const value of values) {
          const bracket = Math.floor(Math.log(value) * 404) >> 3;
          addHistogram(histogram, coarse, `${bracket},1`);
        }
        const sorted = [...values].sort((one, other) => one - other);
        for (const [share, told] of [
          [0.5, sketchPercentiles(histogram, coarse).p50],
          [0.9, sketchPercentiles(histogram, coarse).p90],
        ] as const) {
          const place = share * (sorted.length - 1);
          const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
          const exact = low + (high - low) * (place - Math.floor(place));
          expect(Math.abs((told ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.01 + 0.001);
        }
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test("tells nothing of nothing", () => {
    expect(sketchPercentiles(emptyHistogram(coarse), coarse)).toEqual({ p50: null, p90: null });
  });
});
