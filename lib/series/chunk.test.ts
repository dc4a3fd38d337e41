import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeChunk, encodeChunk, mergeSamples } from "@/lib/series/chunk";
import type { Sample } from "@/lib/series/types";

const hour = Date.UTC(2026, 2, 1, 12);
const samplesOfOneHour = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 3_599_999 }), fc.double({ noNaN: true })), {
    selector: ([at]) => at,
  })
  .map((samples) =>
    samples.map(([at, value]): Sample => [hour + at, value]).sort(([a], [b]) => a - b),
  );

test("a chunk gives back exactly what it was given", () => {
  fc.assert(
    fc.property(samplesOfOneHour, (samples) => {
      expect(decodeChunk(hour, encodeChunk(hour, samples))).toEqual(samples);
    }),
    { seed: 1 },
  );
});

test("merging keeps one sample a time, the newer one, in order", () => {
  const older: Sample[] = [
    [hour + 1, 1],
    [hour + 3, 3],
  ];
  const newer: Sample[] = [
    [hour + 3, 30],
    [hour + 2, 2],
  ];
  expect(mergeSamples(older, newer)).toEqual([
    [hour + 1, 1],
    [hour + 2, 2],
    [hour + 3, 30],
  ]);
});

test("bytes that are no chunk are refused", () => {
  expect(() => decodeChunk(hour, Buffer.from("nonsense"))).toThrow();
});
