import fc from "fast-check";
import { expect, test } from "vitest";
import { measures, metrics, targetOf, writtenOf } from "./measures";

test("a target is written in the unit that people say it in", () => {
  expect(targetOf("change_fail_rate", "12.5")).toBe(0.125);
  expect(targetOf("lead_time", "1.5")).toBe(5_400);
  expect(targetOf("deployment_frequency", "0.2")).toBe(0.2);
});

test("what is shown in the form is what it was saved from", () => {
  const written = fc.integer({ min: 1, max: 1_000_000 }).map((whole) => whole / 1_000);
  fc.assert(
    fc.property(fc.constantFrom(...metrics), written, (metric, value) => {
      const target = targetOf(metric, String(value));
      expect(writtenOf({ metric, target })).toBe(String(value));
    }),
  );
});

test("a frequency of less than one a day is not rounded away", () => {
  expect(measures.deployment_frequency.format(0.0338)).toBe("0.034 a day");
  expect(measures.deployment_frequency.format(null)).toBe("–");
});
