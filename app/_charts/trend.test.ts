import { expect, test } from "vitest";
import { bucketLines, columnLabels, columnPoints, trendScale } from "./trend";
import type { Bucket } from "./types";

const day = 86_400_000;
const start = Date.parse("2026-11-16T00:00:00Z");
const bucket = (index: number, more: Partial<Bucket> = {}): Bucket => ({
  from: start + index * day,
  to: start + (index + 1) * day,
  value: 0.1,
  n: 10,
  partial: false,
  ...more,
});

test("a bucket without data has no point, whichever figure is asked", () => {
  const buckets = [bucket(0, { value: 0 }), bucket(1, { value: null, n: 0 })];
  expect(columnPoints(buckets, (each) => each.value)).toEqual([
    [0.5, 0],
    [1.5, null],
  ]);
  expect(columnPoints(buckets, (each) => each.previous)[0]).toEqual([0.5, null]);
});

test("the axis holds the value, the second figure, the period before and the target", () => {
  const buckets = [bucket(0, { second: 0.3, previous: 0.2 })];
  expect(trendScale(buckets, "ratio", 100).max).toBeGreaterThanOrEqual(0.3);
  expect(trendScale(buckets, "ratio", 100, 0.9).max).toBeGreaterThanOrEqual(0.9);
});

test("columns are named so that the newest is, and not more than fit", () => {
  const days = Array.from({ length: 10 }, (_, index) => bucket(index));
  const labels = columnLabels(days, "day", "UTC", 4);
  expect(labels.filter((label) => label !== null)).toEqual([
    "16 Nov",
    "19 Nov",
    "22 Nov",
    "25 Nov",
  ]);
  expect(labels.at(-1)).toBe("25 Nov");
});

test("months are named by month, January by its year, in the viewer's zone", () => {
  const months = ["2025-11-30T23:00:00Z", "2025-12-31T23:00:00Z", "2026-01-31T23:00:00Z"].map(
    (at) => ({
      ...bucket(0),
      from: Date.parse(at),
      to: Date.parse(at) + 28 * day,
    }),
  );
  expect(columnLabels(months, "month", "Europe/Berlin", 5)).toEqual(["Dec", "2026", "Feb"]);
});

test("a bucket says its figures with their n, and that there is no data", () => {
  expect(
    bucketLines(bucket(0, { value: null, n: 0, previous: 0.2 }), "ratio", { value: "Fail rate" }),
  ).toEqual([
    { label: "Fail rate", value: "no data" },
    { label: "Period before", value: "20%" },
    { label: "n", value: "0" },
  ]);
  const parts = [
    { key: "rollback", label: "Rollback", colour: "red" },
    { key: "revert", label: "Revert", colour: "blue" },
  ];
  expect(
    bucketLines(bucket(0, { value: 3, parts: { rollback: 3, revert: 0 } }), "count", {
      value: "All",
      parts,
    }),
  ).toContainEqual({ label: "Rollback", value: "3" });
});
