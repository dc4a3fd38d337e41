import { z } from "zod";
import type { ConfigProblem } from "@/lib/config/problems";
import { goalMetrics, isRate } from "@/lib/goals/metrics";

const date = z.iso.date("a date, as 2027-03-31");

/** A goal as pushline.yaml and settings write it. */
export const goalFields = z.strictObject({
  team: z.string("a text").trim().min(1, "a text that is not empty"),
  metric: z.enum(goalMetrics, `one of ${goalMetrics.join(", ")}`),
  /** Deployments a day, seconds, or a rate of 0..1. */
  target: z.number("a number").min(0, "0 or more").max(1e9, "at most 1000000000"),
  by: date,
});

export const configGoal = goalFields.extend({
  /** From when its line runs: a file does not say when it was written. */
  since: date.nullable().default(null),
});

/** What a goal's target must be, where it is not; a frequency of 0 is nobody's goal. */
export function targetProblem(goal: { metric?: unknown; target?: unknown }): string | null {
  const { metric, target } = goal;
  const known = goalMetrics.find((each) => each === metric);
  if (known === undefined || typeof target !== "number") return null;
  if (isRate(known)) return target > 1 ? "a rate from 0 to 1" : null;
  return target > 0 ? null : "more than 0";
}

/** What is wrong with goals as a whole: a target of another unit, two goals for one metric. */
export function goalProblems(goals: readonly [number, Record<string, unknown>][]): ConfigProblem[] {
  const seen = new Set<string>();
  return goals.flatMap(([index, goal]) => {
    const key = JSON.stringify([goal.team, goal.metric]);
    const isRepeated = seen.has(key);
    seen.add(key);
    const problem = targetProblem(goal);
    return [
      ...(problem === null
        ? []
        : [{ path: ["goals", index, "target"], message: `expected ${problem}` }]),
      ...(isRepeated
        ? [{ path: ["goals", index, "metric"], message: "this team has a goal for it above" }]
        : []),
    ];
  });
}
