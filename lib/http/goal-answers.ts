import { z } from "zod";
import { goalMetrics } from "@/lib/goals/metrics";
import { listOf, time, timeOrNull } from "@/lib/http/answers";

/** A team's goal for one metric, and where the team stands: deployments a day, seconds, rates 0..1. */
export const goalAnswer = z.object({
  id: z.string(),
  team: z.string(),
  metric: z.enum(goalMetrics),
  target: z.number(),
  /** A calendar date; it ends with that day in the team's zone. */
  by: z.iso.date(),
  dueAt: time,
  /** From when its line runs; of pushline.yaml's goals `since`, where that is written. */
  createdAt: timeOrNull,
  createdBy: z.string().nullable(),
  provisioned: z.boolean(),
  /** The 28 days before now; the p50 of what has one. */
  current: z.object({ value: z.number().nullable(), n: z.number() }),
  /** The 28 days before the goal was set. */
  baseline: z.object({ value: z.number().nullable(), n: z.number() }),
  /** By the straight line from the baseline to the target. */
  expected: z.number().nullable(),
  course: z.enum(["reached", "on_course", "behind", "missed", "unknown"]),
});
export type GoalAnswer = z.infer<typeof goalAnswer>;

export const goalsAnswer = listOf(goalAnswer);
