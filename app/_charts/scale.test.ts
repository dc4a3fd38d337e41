import { expect, test } from "vitest";
import { valueScale } from "./scale";

const labels = (values: (number | null)[], unit: string, height = 150, more = {}) =>
  valueScale(values, { unit, height, ...more }).ticks.map((tick) => tick.label);

test("ends are round in the unit that is read", () => {
  expect(labels([0.002, 0.048], "ratio")).toEqual(["0%", "2%", "4%", "6%"]);
  expect(labels([0.284, 0.612], "seconds")).toEqual(["0 ms", "250 ms", "500 ms", "750 ms"]);
  expect(labels([1240, 1266], "per_second")).toEqual(["0/s", "500/s", "1,000/s", "1,500/s"]);
  expect(labels([200, 1500], "seconds")).toEqual(["0 min", "10 min", "20 min", "30 min"]);
  expect(labels([0.0012], "ratio", 90)).toEqual(["0%", "0.1%", "0.2%"]);
});

test("a count has no half ticks", () => {
  expect(labels([1, 2], "count")).toEqual(["0", "1", "2"]);
});

test("quarter steps show both of their digits", () => {
  expect(labels([0.0068], "ratio")).toEqual(["0%", "0.25%", "0.5%", "0.75%"]);
});

test("starts at zero unless told to fit, and goes below where values do", () => {
  expect(valueScale([90, 110], { unit: "count", height: 150 }).min).toBe(0);
  expect(valueScale([90, 110], { unit: "count", height: 150, baseline: "fit" }).min).toBe(90);
  expect(valueScale([-5, 5], { unit: "count", height: 100 }).min).toBeLessThan(0);
});

test("keeps a threshold on the axis", () => {
  expect(valueScale([0.001], { unit: "ratio", height: 150, include: [0.02] }).max).toBe(0.02);
});

test("without values there is still an axis", () => {
  expect(labels([null], "ratio", 90)).toEqual(["0%", "0.5%", "1%"]);
  expect(valueScale([], { unit: "count", height: 90 }).max).toBeGreaterThan(0);
});
