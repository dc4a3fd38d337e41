/** What a goal may be about: the five metrics, each by the figure that stands for it. */
export const goalMetrics = [
  "deployment_frequency",
  "lead_time",
  "change_fail_rate",
  "recovery_time",
  "rework_rate",
] as const;
export type GoalMetric = (typeof goalMetrics)[number];

/** Of everything but the frequency less is better. */
export function isAtLeastAsGood(metric: GoalMetric, value: number, than: number): boolean {
  return metric === "deployment_frequency" ? value >= than : value <= than;
}

export const isRate = (metric: GoalMetric): boolean => metric.endsWith("_rate");
