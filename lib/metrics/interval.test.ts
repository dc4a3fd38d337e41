import fc from "fast-check";
import { expect, test } from "vitest";
import { wilsonInterval } from "@/lib/metrics/interval";

test("a rate of nothing has no interval", () => {
  expect(wilsonInterval(0, 0)).toBeNull();
});

test.each([
  [1, 10, 0.0179, 0.4042],
  [0, 10, 0, 0.2775],
  [10, 10, 0.7225, 1],
  [50, 100, 0.4038, 0.5962],
])("%d of %d lies from %d to %d", (part, whole, low, high) => {
  const interval = wilsonInterval(part, whole);
  expect(interval?.low).toBeCloseTo(low, 4);
  expect(interval?.high).toBeCloseTo(high, 4);
});

test("holds its rate, stays within 0..1, and narrows with more of the same", () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 1_000 }), (some, whole) => {
      const part = Math.min(some, whole);
      const interval = wilsonInterval(part, whole);
      const larger = wilsonInterval(part * 4, whole * 4);
      if (!interval || !larger) throw new Error("There is something.");
      expect(interval.low).toBeGreaterThanOrEqual(0);
      expect(interval.low).toBeLessThanOrEqual(part / whole);
      expect(interval.high).toBeGreaterThanOrEqual(part / whole);
      expect(interval.high).toBeLessThanOrEqual(1);
      expect(larger.high - larger.low).toBeLessThan(interval.high - interval.low);
    }),
  );
});
