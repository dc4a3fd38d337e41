import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attainment, budgetLeft, burnRate } from "@/lib/slo/budget";
import { burnDown } from "@/lib/slo/burn-down";
import { burnRates, stateOf } from "@/lib/slo/burn-rates";

const objective = { target: 0.9, windowDays: 28 };
const count = (n: number, bad = 0) => ({ n, good: n - bad });

describe("the error budget", () => {
  it("is whole without bad events, spent at the target and overspent below it", () => {
    expect(budgetLeft(count(100), 0.9)).toBe(1);
    expect(budgetLeft(count(100, 5), 0.9)).toBe(0.5);
    expect(budgetLeft(count(100, 10), 0.9)).toBe(0);
    expect(budgetLeft(count(100, 20), 0.9)).toBe(-1);
  });

  it("is null, not zero, where nothing happened", () => {
    expect([attainment(count(0)), budgetLeft(count(0), 0.9), burnRate(count(0), 0.9)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("burns once as fast as allowed where just the target is met", () => {
    expect(burnRate(count(10, 1), 0.9)).toBe(1);
    expect(burnRate(count(1, 1), 0.9)).toBe(10);
    expect(burnRate(count(10), 0.9)).toBe(0);
  });

  it("has an attainment within 0..1 that reaches the target just where budget is left", () => {
    const counts = fc
      .nat(5000)
      .chain((n) => fc.nat(n).map((good) => ({ n: n + 1, good })))
      .map(({ n, good }) => ({ n, good: Math.min(n, good) }));
    fc.assert(
      fc.property(counts, fc.constantFrom(0.5, 0.9, 0.99, 0.999), (counted, target) => {
        const reached = attainment(counted) ?? -1;
        expect(reached).toBeGreaterThanOrEqual(0);
        expect(reached).toBeLessThanOrEqual(1);
        const left = budgetLeft(counted, target) ?? Number.NaN;
        if (Math.abs(reached - target) > 1e-6) expect(left > 0).toBe(reached > target);
      }),
    );
  });
});

describe("the burn-down", () => {
  it("begins whole, never rises, and ends with what the window has left", () => {
    const steps = fc.array(
      fc.nat(50).chain((n) => fc.nat(n).map((good) => ({ at: new Date(0), n, good }))),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const points = burnDown(all, 0.9);
        const n = all.reduce((sum, step) => sum + step.n, 0);
        const good = all.reduce((sum, step) => sum + step.good, 0);
        const left = points.map((point) => point.budgetLeft);
        expect(left.at(-1)).toEqual(budgetLeft({ n, good }, 0.9));
        left.reduce((before, now) => {
          expect((now ?? 0) <= (before ?? 1)).toBe(true);
          return now;
        }, 1);
      }),
    );
  });
});

describe("the state of an objective", () => {
  const windows = (counts: [number, number][]) =>
    counts.map(([n, bad]) => ({ long: count(n, bad), short: count(Math.ceil(n / 12), bad && 1) }));
  const state = (whole: [number, number], ...burn: [number, number][]) => {
    const all = count(...whole);
    return stateOf(all, 0.9, burnRates(objective, all, windows(burn)));
  };

  it("is no data without events and exhausted without budget, whatever burns", () => {
    expect(state([0, 0], [0, 0], [0, 0], [0, 0])).toBe("no_data");
    expect(state([100, 10], [12, 10], [12, 10], [12, 10])).toBe("exhausted");
  });

  it("burns fast when all of an hour is bad: no rate beyond ten could be reached", () => {
    const all = count(400, 12);
    const [hour] = burnRates(objective, all, [{ long: count(12, 12), short: count(1, 1) }]);
    expect(hour).toMatchObject({ thresholdRate: 10, burnRate: 10, burning: true });
    expect(state([400, 12], [12, 12], [12, 12], [100, 12])).toBe("fast_burn");
  });

  it("does not alert for a single slow event in a quiet night", () => {
    const all = count(4000, 20);
    const [hour] = burnRates(objective, all, [{ long: count(1, 1), short: count(1, 1) }]);
    expect(hour).toMatchObject({ burnRate: 10, budgetSpent: 0.0025, burning: false });
  });

  it("has stopped burning once the short window is good", () => {
    const all = count(400, 30);
    const rates = burnRates(objective, all, [
      { long: count(12, 12), short: count(2) },
      { long: count(60, 40), short: count(6) },
      { long: count(60, 30), short: count(6) },
    ]);
    expect(rates.map(({ burning }) => burning)).toEqual([false, false, false]);
    expect(stateOf(all, 0.9, rates)).toBe("ok");
  });

  it("scales its thresholds to the window: 2 %, 5 % and 10 % of 28 days", () => {
    const { length } = burnRates(objective, count(1), []);
    expect(length).toBe(0);
    const empty = { long: count(0), short: count(0) };
    const rates = (target: number) =>
      burnRates({ ...objective, target }, count(1), [empty, empty, empty]).map(
        ({ thresholdRate }) => Math.round(thresholdRate * 100) / 100,
      );
    expect(rates(0.99)).toEqual([13.44, 5.6, 0.93]);
    expect(rates(0.9)).toEqual([10, 5.6, 0.93]);
  });
});
