import { type GoalMetric, isAtLeastAsGood } from "@/lib/goals/metrics";

export type Course = "reached" | "on_course" | "behind" | "missed" | "unknown";

const graceMilliseconds = 86_400_000;

export interface CourseQuestion {
  metric: GoalMetric;
  target: number;
  /** What the metric was when the goal was set; null: not known. */
  baseline: number | null;
  /** What it is now; null: no data. */
  current: number | null;
  createdAt: Date | null;
  dueAt: Date;
}

/**
 * What the metric should be at `now` on the straight line from the baseline, when the goal
 * was set, to the target at its date; the target itself from then on. In the metric's unit;
 * null where there is no line.
 */
export function expectedAt(
  { target, baseline, createdAt, dueAt }: Omit<CourseQuestion, "current" | "metric">,
  now: Date,
): number | null {
  if (now >= dueAt) return target;
  if (baseline === null || createdAt === null || createdAt >= dueAt) return null;
  const share = (now.getTime() - createdAt.getTime()) / (dueAt.getTime() - createdAt.getTime());
  return baseline + (target - baseline) * Math.max(0, share);
}

/**
 * How a goal stands at `now`: reached when the current value is at least as good as the
 * target, missed when it is not and the date has passed; until then on course when it is at
 * least as good as the line demanded a day ago, behind when it is not: the figures of weeks
 * do not move within hours of setting a goal. Unknown without a value or a line.
 */
export function courseOf(question: CourseQuestion, now: Date): Course {
  const { metric, target, current, dueAt } = question;
  if (current === null) return "unknown";
  if (isAtLeastAsGood(metric, current, target)) return "reached";
  if (now >= dueAt) return "missed";
  const expected = expectedAt(question, new Date(now.getTime() - graceMilliseconds));
  if (expected === null) return "unknown";
  return isAtLeastAsGood(metric, current, expected) ? "on_course" : "behind";
}
