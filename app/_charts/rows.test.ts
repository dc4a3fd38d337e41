import { expect, test } from "vitest";
import { lastValue, mergeRows, reachOf, valueNear } from "./rows";

test("series thinned to different times share rows without moving their lines", () => {
  const rows = mergeRows([
    {
      name: "new",
      points: [
        [0, 0],
        [10, 10],
      ],
    },
    {
      name: "old",
      points: [
        [0, 4],
        [5, 6],
        [10, 8],
      ],
    },
  ]);
  expect(rows).toEqual([
    [0, 0, 4],
    [5, 5, 6],
    [10, 10, 8],
  ]);
});

test("a gap stays a gap, and a series that has not begun has no value", () => {
  const rows = mergeRows([
    {
      name: "a",
      points: [
        [0, 1],
        [4, null],
        [8, 3],
      ],
    },
    {
      name: "b",
      points: [
        [2, 1],
        [6, 1],
      ],
    },
  ]);
  expect(rows).toEqual([
    [0, 1, null],
    [2, null, 1],
    [4, null, 1],
    [6, null, 1],
    [8, 3, null],
  ]);
});

test("the value at a time is its nearest point's, or none when that is too far", () => {
  const points = [
    [0, 1],
    [10, 2],
    [20, null],
  ] as const;
  expect(valueNear(points, 4, 10)).toBe(1);
  expect(valueNear(points, 6, 10)).toBe(2);
  expect(valueNear(points, 19, 10)).toBeNull();
  expect(valueNear(points, -50, 10)).toBeNull();
  expect(valueNear([], 5, 10)).toBeNull();
  expect(reachOf(points)).toBe(30);
});

test("the last value skips what is missing at the end", () => {
  expect(
    lastValue([
      [0, 1],
      [1, 0],
      [2, null],
    ]),
  ).toBe(0);
  expect(lastValue([[0, null]])).toBeNull();
});
