import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type DayCount,
  dayMilliseconds,
  dayOf,
  hourMilliseconds,
  merged,
  splitByHours,
  sumHours,
} from "@/lib/slo/hours";
import { countBetween } from "@/lib/slo/measure";

const start = Date.parse("2026-03-01T00:00:00Z");
const moments = fc.integer({ min: start, max: start + 5 * dayMilliseconds });
const events = fc.array(
  fc.record({
    at: moments,
    good: fc.boolean(),
  }),
);

it("counts any stretch from whole hours and its cut ends as from the events themselves", () => {
  fc.assert(
    fc.property(events, moments, moments, (all, one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const { whole, pieces } = splitByHours(from, to);
      const days = new Map<number, DayCount>();
      for (let day = dayOf(start); day <= dayOf(start) + 5; day++) {
        const hours = Array.from({ length: 24 }, (_, hour) => {
          const begins = day * dayMilliseconds + hour * hourMilliseconds;
          return countBetween(all, begins, begins + hourMilliseconds);
        });
        const total = countBetween(all, day * dayMilliseconds, (day + 1) * dayMilliseconds);
        days.set(day, {
          ...total,
          byHour: { n: hours.map(({ n }) => n), good: hours.map(({ good }) => good) },
        });
      }
      const parts = [
        ...(whole ? [sumHours(days, whole.from, whole.to)] : []),
        ...pieces.map((piece) => countBetween(all, piece.from, piece.to)),
      ];
      const sum = parts.reduce((a, b) => ({ n: a.n + b.n, good: a.good + b.good }), {
        n: 0,
        good: 0,
      });
      expect(sum).toEqual(countBetween(all, from, to));
    }),
  );
});

it("reads no moment twice where stretches overlap or touch", () => {
  expect(
    merged([
      { from: 5, to: 9 },
      { from: 0, to: 3 },
      { from: 3, to: 4 },
      { from: 8, to: 12 },
    ]),
  ).toEqual([
    { from: 0, to: 4 },
    { from: 5, to: 12 },
  ]);
});
