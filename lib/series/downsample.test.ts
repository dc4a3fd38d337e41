import fc from "fast-check";
import { expect, test } from "vitest";
import { downsample } from "@/lib/series/downsample";
import type { Sample } from "@/lib/series/types";

test("a single peak among ten thousand flat samples survives", () => {
  const samples = Array.from({ length: 10_000 }, (_, index): Sample => [index, 1]);
  samples[6_543] = [6_543, 447];
  expect(downsample(samples, 600)).toContainEqual([6_543, 447]);
});

test("what comes out is a part of what went in, in order, ends kept, never more than asked", () => {
  const samplesInOrder = fc
    .array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 400 })
    .map((values) => values.map((value, index): Sample => [index * 10, value]));
  fc.assert(
    fc.property(samplesInOrder, fc.integer({ min: 3, max: 200 }), (samples, points) => {
      const chosen = downsample(samples, points);
      expect(chosen.length).toBe(Math.min(samples.length, points));
      expect(chosen[0]).toEqual(samples[0]);
      expect(chosen.at(-1)).toEqual(samples.at(-1));
      expect(samples.filter((sample) => chosen.includes(sample))).toEqual(chosen);
    }),
    { seed: 2 },
  );
});
