import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { levelMetrics, levelOf, levelYears } from "@/lib/metrics/levels";

const hour = 3_600;
const day = 24 * hour;

describe("levelOf", () => {
  test.each([
    ["deployment_frequency", 3, "elite"],
    ["deployment_frequency", 1, "high"],
    ["deployment_frequency", 1 / 10, "medium"],
    ["deployment_frequency", 1 / 100, "low"],
    ["lead_time", 23 * hour, "elite"],
    ["lead_time", 2 * day, "high"],
    ["lead_time", 8 * day, "medium"],
    ["lead_time", 400 * day, "low"],
    ["change_fail_rate", 0.05, "elite"],
    ["change_fail_rate", 0.4, "low"],
    ["recovery_time", 59 * 60, "elite"],
    ["recovery_time", 8 * day, "low"],
  ] as const)("reads %s of %d by 2024 as %s", (metric, value, level) => {
    expect(levelOf(2024, metric, value)).toBe(level);
  });

  test("tells no level where the year's are inverted or flat", () => {
    expect(levelOf(2024, "change_fail_rate", 0.08)).toBeNull();
    expect(levelOf(2024, "change_fail_rate", 0.15)).toBeNull();
    expect(levelOf(2024, "recovery_time", 5 * hour)).toBeNull();
    expect(levelOf(2021, "change_fail_rate", 0.2)).toBeNull();
    expect(levelOf(2023, "deployment_frequency", 1 / 14)).toBeNull();
  });

  test("tells no level where nothing was published", () => {
    expect(levelOf(2021, "lead_time", 5 * hour)).toBeNull();
    expect(levelOf(2022, "deployment_frequency", 1 / 3)).toBeNull();
    expect(levelOf(2022, "change_fail_rate", 0.4)).toBeNull();
    expect(levelOf(2024, "recovery_time", 3 * day)).toBeNull();
  });

  test("knows no elite in 2022, and no level in 2025 or 2020", () => {
    expect(levelOf(2022, "deployment_frequency", 50)).toBe("high");
    for (const year of [2020, 2025, 2026])
      for (const metric of levelMetrics) expect(levelOf(year, metric, 1)).toBeNull();
  });

  test("tells no level without a value, or where nothing was deployed", () => {
    expect(levelOf(2024, "lead_time", null)).toBeNull();
    expect(levelOf(2024, "deployment_frequency", 0)).toBeNull();
  });

  test("compares fail rates in whole percents, as they were published", () => {
    expect(levelOf(2022, "change_fail_rate", 0.154)).toBe("high");
    expect(levelOf(2022, "change_fail_rate", 0.156)).toBe("medium");
  });

  const order = ["elite", "high", "medium", "low"];
  test("never calls a worse value better", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...levelYears.map(({ year }) => year)),
        fc.constantFrom(...levelMetrics),
        fc.double({ min: 1e-6, max: 1e8, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e8, noNaN: true }),
        (year, metric, one, other) => {
          const [better, worse] = [one, other].sort((a, b) =>
            metric === "deployment_frequency" ? b - a : a - b,
          );
          const levels = [better, worse].map((value) => levelOf(year, metric, value ?? null));
          if (levels.includes(null)) return;
          const [first = 0, second = 0] = levels.map((level) => order.indexOf(level ?? ""));
          expect(first).toBeLessThanOrEqual(second);
        },
      ),
    );
  });
});
