import { expect, test } from "vitest";
import { formatDuration, formatValue, tickUnit } from "./units";

test("no data is said, never written as zero", () => {
  expect(formatValue(null, "ratio")).toBe("no data");
  expect(formatValue(undefined, "count")).toBe("no data");
  expect(formatValue(Number.NaN, "seconds")).toBe("no data");
  expect(formatValue(0, "ratio")).toBe("0%");
});

test.each([
  [0.048, "ratio", "4.8%"],
  [0.0021, "ratio", "0.21%"],
  [0.9342, "ratio", "93.4%"],
  [1, "ratio", "100%"],
  [0.6124, "seconds", "612 ms"],
  [1266.4, "per_second", "1,266/s"],
  [0.25, "per_second", "0.25/s"],
  [12_700, "per_second", "12.7k/s"],
  [41, "count", "41"],
  [-3, "count", "−3"],
  [1536, "bytes", "1.5 KiB"],
  [97_933_000, "bytes", "93.4 MiB"],
  [12, "jobs", "12 jobs"],
  [12, "1", "12"],
])("%d %s reads %s", (value, unit, text) => {
  expect(formatValue(value, unit)).toBe(text);
});

test.each([
  [0, "0 s"],
  [0.000087, "87 µs"],
  [0.284, "284 ms"],
  [0.9999, "1 s"],
  [4.21, "4.2 s"],
  [59.7, "1 min"],
  [252, "4 min 12 s"],
  [3600, "1 h"],
  [12_000, "3 h 20 min"],
  [7199, "2 h"],
  [187_200, "2 d 4 h"],
  [172_799, "2 d"],
  [-90, "−1 min 30 s"],
])("%d seconds read %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test("an axis keeps to one unit, chosen by its greatest value", () => {
  expect(tickUnit("seconds", 0.8).suffix).toBe(" ms");
  expect(tickUnit("seconds", 600)).toMatchObject({ factor: 60, suffix: " min" });
  expect(tickUnit("per_second", 2000)).toMatchObject({ factor: 1, suffix: "/s" });
  expect(tickUnit("bytes", 3 * 1024 ** 3).suffix).toBe(" GiB");
});
