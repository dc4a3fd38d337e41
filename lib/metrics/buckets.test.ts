import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketsOf, calendarDays, daysTouched } from "@/lib/metrics/buckets";

const hours = (bucket: { start: Date; end: Date }) =>
  (bucket.end.getTime() - bucket.start.getTime()) / 3_600_000;
const at = (text: string) => new Date(text);

describe("bucketsOf", () => {
  test("has a day of 23 hours in spring and one of 25 in autumn", () => {
    const day = { bucket: "day", timezone: "Europe/Berlin" } as const;
    const spring = bucketsOf({
      ...day,
      from: at("2026-03-27T23:00:00Z"),
      to: at("2026-03-29T22:00:00Z"),
    });
    const autumn = bucketsOf({
      ...day,
      from: at("2026-10-23T22:00:00Z"),
      to: at("2026-10-25T23:00:00Z"),
    });
    expect(spring.map(hours)).toEqual([24, 23]);
    expect(autumn.map(hours)).toEqual([24, 25]);
    expect([...spring, ...autumn].some((bucket) => bucket.partial)).toBe(false);
  });

  test("begins days where a zone leaps over midnight, or over a whole day", () => {
    const day = { bucket: "day" } as const;
    const saoPaulo = bucketsOf({
      ...day,
      from: at("2018-11-03T03:00:00Z"),
      to: at("2018-11-05T02:00:00Z"),
      timezone: "America/Sao_Paulo",
    });
    expect(saoPaulo.map(hours)).toEqual([24, 23]);
    const apia = bucketsOf({
      ...day,
      from: at("2011-12-29T10:00:00Z"),
      to: at("2011-12-31T10:00:00Z"),
      timezone: "Pacific/Apia",
    });
    expect(apia.map(hours)).toEqual([24, 24]);
  });

  test("marks the buckets that the window cuts, and only those", () => {
    const weeks = bucketsOf({
      from: at("2026-03-04T12:00:00Z"),
      to: at("2026-03-18T00:00:00Z"),
      bucket: "week",
      timezone: "UTC",
    });
    expect(weeks.map((week) => [week.start.toISOString().slice(0, 10), week.partial])).toEqual([
      ["2026-03-02", true],
      ["2026-03-09", false],
      ["2026-03-16", true],
    ]);
  });

  test("begins weeks on the day that is asked for", () => {
    const firstDay = (weekStart: "monday" | "sunday" | "saturday") =>
      bucketsOf({
        from: at("2026-03-04T12:00:00Z"),
        to: at("2026-03-05T00:00:00Z"),
        bucket: "week",
        timezone: "UTC",
        weekStart,
      })[0]?.start.toISOString();
    expect(firstDay("monday")).toBe("2026-03-02T00:00:00.000Z");
    expect(firstDay("sunday")).toBe("2026-03-01T00:00:00.000Z");
    expect(firstDay("saturday")).toBe("2026-02-28T00:00:00.000Z");
  });

  test("leaves no gap and overlaps nowhere, in any zone", () => {
    const zones = ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia"];
    fc.assert(
      fc.property(
        fc.date({
          min: at("2010-01-01T00:00:00Z"),
          max: at("2030-01-01T00:00:00Z"),
          noInvalidDate: true,
        }),
        fc.integer({ min: 1, max: 120 * 24 }),
        fc.constantFrom("day", "week", "month"),
        fc.constantFrom("monday", "sunday", "saturday"),
        fc.constantFrom(...zones),
        (from, length, bucket, weekStart, timezone) => {
          const to = new Date(from.getTime() + length * 3_600_000);
          const buckets = bucketsOf({ from, to, bucket, timezone, weekStart });
          expect(buckets[0]?.start.getTime()).toBeLessThanOrEqual(from.getTime());
          expect(buckets.at(-1)?.end.getTime()).toBeGreaterThanOrEqual(to.getTime());
          buckets.slice(1).forEach((next, index) => {
            expect(next.start).toEqual(buckets[index]?.end);
          });
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe("calendarDays", () => {
  test("counts a day of 23 hours as one", () => {
    expect(
      calendarDays(at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z"), "Europe/Berlin"),
    ).toBe(1);
  });

  test("counts a cut day by its share", () => {
    expect(calendarDays(at("2026-01-01T06:00:00Z"), at("2026-01-03T12:00:00Z"), "UTC")).toBe(2.25);
  });
});

describe("daysTouched", () => {
  test("counts cut days whole, and not the one that begins at the end", () => {
    const touched = (from: string, to: string) => daysTouched(at(from), at(to), "Europe/Berlin");
    expect(touched("2026-03-01T12:00:00Z", "2026-03-29T12:00:00Z")).toBe(29);
    expect(touched("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")).toBe(1);
    expect(touched("2026-10-24T21:59:00Z", "2026-10-24T22:01:00Z")).toBe(2);
  });
});
