import { expect, it } from "vitest";
import type { GoalAnswer } from "@/lib/http/goal-answers";
import { goalFor, targetOf } from "./goals";

const goal = (more: Partial<GoalAnswer>): GoalAnswer => ({
  id: "goal",
  team: "payments",
  metric: "change_fail_rate",
  target: 0.05,
  by: "2026-12-31",
  dueAt: "2026-12-31T23:00:00.000Z",
  createdAt: null,
  createdBy: null,
  provisioned: false,
  current: { value: null, n: 0 },
  baseline: { value: null, n: 0 },
  expected: null,
  course: "unknown",
  ...more,
});
const now = Date.parse("2026-11-21T00:00:00Z");

it("takes the goal that is due next, and the last one where all are past", () => {
  const past = goal({ id: "past", dueAt: "2026-06-30T22:00:00.000Z" });
  const later = goal({ id: "later", dueAt: "2027-06-30T22:00:00.000Z" });
  const other = goal({ id: "other", metric: "lead_time" });
  expect(goalFor([later, past, goal({}), other], "change_fail_rate", now)?.id).toBe("goal");
  expect(goalFor([past, other], "change_fail_rate", now)?.id).toBe("past");
  expect(goalFor([other], "change_fail_rate", now)).toBeNull();
  expect(goalFor(undefined, "change_fail_rate", now)).toBeNull();
});

it("draws a line with its date, of deployments by the bucket that the chart counts by", () => {
  expect(targetOf(goal({}), "week")).toEqual({ value: 0.05, label: "goal 5% by 2026-12-31" });
  const frequency = goal({ metric: "deployment_frequency", target: 2 });
  expect(targetOf(frequency, "week")).toEqual({
    value: 14,
    label: "goal 2 a day by 2026-12-31",
  });
  expect(targetOf(null, "week")).toBeUndefined();
});
