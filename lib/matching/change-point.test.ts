import { expect, test } from "vitest";
import { changePoint, meanBetween } from "@/lib/matching/change-point";
import type { Sample } from "@/lib/series/types";

const line = (values: readonly number[]) => values.map((value, index): Sample => [index, value]);

test("finds where a level moved, and the levels", () => {
  const point = changePoint(line([1, 1, 1, 1, 1, 5, 5, 5, 5]), 0.001);
  expect(point).toMatchObject({ at: 5, before: 1, after: 5 });
});

test("puts a slow climb at its foot, not halfway up", () => {
  const climb = [...new Array(20).fill(0.002), 0.02, 0.04, 0.06, 0.08, ...new Array(10).fill(0.1)];
  expect(changePoint(line(climb), 0.001)).toMatchObject({ at: 20, before: expect.closeTo(0.002) });
});

test("finds nothing in noise, nothing in a flat line, nothing in too few samples", () => {
  const noise = Array.from({ length: 60 }, (_, index) => Math.sin(index * 12.9898) * 0.5);
  expect(changePoint(line(noise), 0.001)).toBeNull();
  expect(changePoint(line(new Array(60).fill(0)), 0.001)).toBeNull();
  expect(changePoint(line([0, 0, 9, 9, 9]), 0.001)).toBeNull();
});

test("takes no move below the floor for one", () => {
  const tiny = [...new Array(30).fill(0), ...new Array(30).fill(0.0005)];
  expect(changePoint(line(tiny), 0.001)).toBeNull();
});

test("the mean of nothing is null", () => {
  expect(meanBetween(line([1, 2, 3]), 10, 20)).toBeNull();
  expect(meanBetween(line([1, 2, 3]), 0, 2)).toBe(1.5);
});
