import fc from "fast-check";
import { expect, test } from "vitest";
import { formatBucket, formatTime, timeTicks, zoneOffset } from "./ticks";

const at = (text: string) => Date.parse(text);
const labels = (from: string, to: string, zone: string, most = 8) =>
  timeTicks(at(from), at(to), zone, most).map((tick) => tick.label);

test("half an hour gets ticks every five minutes", () => {
  expect(labels("2026-11-21T14:06:12Z", "2026-11-21T14:36:12Z", "UTC", 7)).toEqual([
    "14:10",
    "14:15",
    "14:20",
    "14:25",
    "14:30",
    "14:35",
  ]);
});

test("ticks are round where the viewer is, in zones off the whole hour too", () => {
  expect(labels("2026-11-21T14:00:00Z", "2026-11-21T18:00:00Z", "Asia/Kathmandu", 5)).toEqual([
    "20:00",
    "21:00",
    "22:00",
    "23:00",
  ]);
  expect(labels("2026-11-21T12:00:00Z", "2026-11-22T12:00:00Z", "Asia/Kolkata", 4)).toEqual([
    "18:00",
    "22 Nov",
    "06:00",
    "12:00",
  ]);
});

test("midnight shows its date, seconds show where they matter", () => {
  expect(labels("2026-11-20T21:00:00Z", "2026-11-21T03:00:00Z", "UTC", 7)).toContain("21 Nov");
  expect(labels("2026-11-21T14:30:03Z", "2026-11-21T14:30:25Z", "UTC", 6)).toEqual([
    "14:30:05",
    "14:30:10",
    "14:30:15",
    "14:30:20",
    "14:30:25",
  ]);
});

test("the hour that daylight saving repeats has two ticks, the one it skips has none", () => {
  expect(labels("2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z", "Europe/Berlin", 6)).toEqual([
    "01:00",
    "02:00",
    "02:00",
    "03:00",
    "04:00",
  ]);
  expect(labels("2026-03-28T23:00:00Z", "2026-03-29T03:00:00Z", "Europe/Berlin", 6)).toEqual([
    "29 Mar",
    "01:00",
    "03:00",
    "04:00",
    "05:00",
  ]);
});

test("steps of several hours stay on the wall clock across a change", () => {
  expect(labels("2026-10-24T22:00:00Z", "2026-10-26T00:00:00Z", "Europe/Berlin", 5)).toEqual([
    "25 Oct",
    "06:00",
    "12:00",
    "18:00",
    "26 Oct",
  ]);
});

test("days begin at local midnight whatever their length", () => {
  const ticks = timeTicks(
    at("2026-10-23T12:00:00Z"),
    at("2026-10-27T12:00:00Z"),
    "Europe/Berlin",
    5,
  );
  expect(ticks.map((tick) => new Date(tick.at).toISOString())).toEqual([
    "2026-10-23T22:00:00.000Z",
    "2026-10-24T22:00:00.000Z",
    "2026-10-25T23:00:00.000Z",
    "2026-10-26T23:00:00.000Z",
  ]);
});

test("a day whose midnight does not exist begins when the clock has moved on", () => {
  const ticks = timeTicks(
    at("2026-09-05T12:00:00Z"),
    at("2026-09-07T12:00:00Z"),
    "America/Santiago",
    3,
  );
  expect(ticks.map((tick) => new Date(tick.at).toISOString())).toEqual([
    "2026-09-06T04:00:00.000Z",
    "2026-09-07T03:00:00.000Z",
  ]);
});

test("weeks begin on Mondays; months and years have their names", () => {
  expect(labels("2026-10-01T00:00:00Z", "2026-11-21T00:00:00Z", "UTC", 8)).toEqual([
    "5 Oct",
    "12 Oct",
    "19 Oct",
    "26 Oct",
    "2 Nov",
    "9 Nov",
    "16 Nov",
  ]);
  expect(labels("2025-10-10T00:00:00Z", "2026-04-10T00:00:00Z", "UTC", 7)).toEqual([
    "Nov",
    "Dec",
    "2026",
    "Feb",
    "Mar",
    "Apr",
  ]);
});

test("nothing comes of an empty or reversed range", () => {
  expect(timeTicks(5, 5, "UTC", 5)).toEqual([]);
  expect(timeTicks(9, 5, "UTC", 5)).toEqual([]);
});

test("law: ticks rise, lie within the range, fit, and are round on the wall clock", () => {
  const zones = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Santiago",
  ];
  fc.assert(
    fc.property(
      fc.integer({ min: at("2020-01-01T00:00:00Z"), max: at("2030-01-01T00:00:00Z") }),
      fc.integer({ min: 10_000, max: 3 * 366 * 86_400_000 }),
      fc.constantFrom(...zones),
      fc.integer({ min: 2, max: 14 }),
      (from, span, zone, most) => {
        const ticks = timeTicks(from, from + span, zone, most);
        expect(ticks.length).toBeLessThanOrEqual(most + 2);
        for (const [index, tick] of ticks.entries()) {
          expect(tick.at).toBeGreaterThanOrEqual(from);
          expect(tick.at).toBeLessThanOrEqual(from + span);
          expect(tick.at).toBeGreaterThan(ticks[index - 1]?.at ?? 0);
          expect((tick.at + zoneOffset(tick.at, zone)) % 1000).toBe(0);
        }
      },
    ),
  );
});

test("a time says as much as its range needs", () => {
  const time = at("2026-11-21T14:30:05Z");
  expect(formatTime(time, "UTC", 3600_000)).toBe("14:30:05");
  expect(formatTime(time, "Europe/Berlin", 30 * 3600_000)).toBe("Sat 21 Nov, 15:30:05");
  expect(formatTime(time, "UTC", 7 * 86_400_000)).toBe("Sat 21 Nov, 14:30");
});

test("a bucket is named for its days in its zone", () => {
  expect(
    formatBucket(at("2026-11-15T23:00:00Z"), at("2026-11-16T23:00:00Z"), "Europe/Berlin"),
  ).toBe("Mon 16 Nov");
  expect(formatBucket(at("2026-11-16T00:00:00Z"), at("2026-11-23T00:00:00Z"), "UTC")).toBe(
    "16 to 22 Nov",
  );
  expect(formatBucket(at("2026-10-26T00:00:00Z"), at("2026-11-02T00:00:00Z"), "UTC")).toBe(
    "26 Oct to 1 Nov",
  );
  expect(formatBucket(at("2026-02-01T00:00:00Z"), at("2026-03-01T00:00:00Z"), "UTC")).toBe(
    "Feb 2026",
  );
  expect(
    formatBucket(at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z"), "Europe/Berlin"),
  ).toBe("Sun 25 Oct");
});
