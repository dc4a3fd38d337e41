import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedBefore } from "@/lib/source-health/habit";

const hour = 3_600_000;
const day = 24 * hour;
const monday = Date.parse("2026-10-05T00:00:00Z");

/** The hours of four weeks, of those for which `speaks` by weekday (0 is Monday) and hour. */
function fourWeeks(speaks: (weekday: number, hourOfDay: number, week: number) => boolean) {
  const hours: number[] = [];
  for (let index = 0; index < 4 * 7 * 24; index++) {
    const weekday = Math.floor(index / 24) % 7;
    if (speaks(weekday, index % 24, Math.floor(index / 168))) hours.push(monday + index * hour);
  }
  return hours;
}

describe("when a source ought to have been heard from again", () => {
  it("is two hours after its last for one that sends at all hours", () => {
    const hours = fourWeeks(() => true);
    expect(expectedBefore(hours)).toBe(monday + 4 * 7 * day + 2 * hour);
  });

  it("is not at night or at the weekend for one that is always quiet then", () => {
    const office = fourWeeks((weekday, at) => weekday < 5 && at >= 9 && at < 17);
    // The last is of Friday, 16:00 to 17:00: Saturday and Sunday count nothing.
    expect(new Date(expectedBefore(office) ?? 0).toISOString()).toBe("2026-11-02T11:00:00.000Z");
  });

  it("is later for one whose own silences are long", () => {
    const lively = fourWeeks((_, at, week) => (at + week) % 2 === 0);
    const now = expectedBefore(lively) ?? 0;
    // Every hour is one of two: each silence is half an hour, and four hours count for two.
    expect(now - (lively.at(-1) ?? 0)).toBe(5 * hour);
    // Six hours of each day, others each week: each of its silences counts 4.5, and twice that is
    // nine hours in which it always sends.
    const pausing = fourWeeks((_, at, week) => (at + 24 - week * 6) % 24 >= 6);
    expect((expectedBefore(pausing) ?? 0) - (pausing.at(-1) ?? 0)).toBe(10 * hour);
  });

  it("is unknown while there is too little to tell a habit from", () => {
    expect(expectedBefore([])).toBeNull();
    expect(expectedBefore(fourWeeks((weekday, at) => weekday === 2 && at === 3))).toBeNull();
    expect(expectedBefore(fourWeeks((_, __, week) => week === 0))).toBeNull();
  });

  it("is never before one that keeps a week's rhythm sends again, and always comes", () => {
    const rhythms = fc.uniqueArray(fc.nat(167), { minLength: 5, maxLength: 168 });
    fc.assert(
      fc.property(rhythms, fc.integer({ min: 400, max: 671 }), (rhythm, until) => {
        const speaks = new Set(rhythm);
        const all = fourWeeks((weekday, at) => speaks.has(weekday * 24 + at));
        const hours = all.filter((at) => at <= monday + until * hour);
        const expected = expectedBefore(hours);
        if (expected === null) return;
        const last = hours.at(-1) ?? 0;
        let next = last + hour;
        while (!speaks.has(((next - monday) / hour) % 168)) next += hour;
        expect(expected).toBeGreaterThan(next + hour);
        expect(expected).toBeLessThan(last + 8 * 7 * day);
      }),
    );
  });
});
