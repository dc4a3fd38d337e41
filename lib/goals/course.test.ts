import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CourseQuestion, courseOf, expectedAt } from "@/lib/goals/course";
import { goalMetrics } from "@/lib/goals/metrics";

const at = (day: string) => new Date(`2026-${day}T00:00:00Z`);
const halfway = at("01-11");
const goal: CourseQuestion = {
  metric: "change_fail_rate",
  target: 0.1,
  baseline: 0.2,
  current: 0.15,
  createdAt: at("01-01"),
  dueAt: at("01-21"),
};

describe("a goal", () => {
  test("asks for the straight line from where it began to its target", () => {
    expect(expectedAt(goal, at("01-01"))).toBeCloseTo(0.2);
    expect(expectedAt(goal, halfway)).toBeCloseTo(0.15);
    expect(expectedAt(goal, at("01-21"))).toBe(0.1);
    expect(expectedAt(goal, at("02-21"))).toBe(0.1);
  });

  test("is on course at the line or better, behind above it", () => {
    expect(courseOf({ ...goal, current: 0.149 }, halfway)).toBe("on_course");
    expect(courseOf({ ...goal, current: 0.16 }, halfway)).toBe("behind");
  });

  test("set a moment ago is on course where it began, and behind where that is so a day later", () => {
    const unmoved = { ...goal, current: 0.2 };
    expect(courseOf(unmoved, new Date(at("01-01").getTime() + 1_000))).toBe("on_course");
    expect(courseOf(unmoved, new Date(at("01-03").getTime()))).toBe("behind");
  });

  test("of the frequency wants more, of all else less", () => {
    const more = { ...goal, metric: "deployment_frequency", baseline: 1, target: 3 } as const;
    expect(courseOf({ ...more, current: 2.5 }, halfway)).toBe("on_course");
    expect(courseOf({ ...more, current: 1.5 }, halfway)).toBe("behind");
    expect(courseOf({ ...more, current: 3 }, halfway)).toBe("reached");
  });

  test("is reached before its date, and missed only after it", () => {
    expect(courseOf({ ...goal, current: 0.1 }, halfway)).toBe("reached");
    expect(courseOf({ ...goal, current: 0.11 }, at("01-20"))).not.toBe("missed");
    expect(courseOf({ ...goal, current: 0.11 }, at("01-21"))).toBe("missed");
  });

  test("has no course without a value, or without knowing where it began", () => {
    expect(courseOf({ ...goal, current: null }, halfway)).toBe("unknown");
    expect(courseOf({ ...goal, baseline: null }, halfway)).toBe("unknown");
    expect(courseOf({ ...goal, createdAt: null }, halfway)).toBe("unknown");
    expect(courseOf({ ...goal, baseline: null, current: 0.1 }, halfway)).toBe("reached");
  });

  test("never stands worse for a better value", () => {
    const order = ["missed", "behind", "on_course", "reached"];
    const value = fc.double({ min: 0, max: 10, noNaN: true });
    const moment = fc.date({ min: at("01-01"), max: at("03-01"), noInvalidDate: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...goalMetrics),
        value,
        value,
        value,
        value,
        moment,
        (metric, target, baseline, one, other, now) => {
          const [less, more] = [Math.min(one, other), Math.max(one, other)];
          const [worse, better] = metric === "deployment_frequency" ? [less, more] : [more, less];
          const rank = (current: number) =>
            order.indexOf(courseOf({ ...goal, metric, target, baseline, current }, now));
          expect(rank(better)).toBeGreaterThanOrEqual(rank(worse));
        },
      ),
    );
  });
});
