export const indicators = [
  "build_duration",
  "deployment_duration",
  "rollback_duration",
  "rollback_decision",
  "commit_to_production",
  "main_broken",
  "recovery",
] as const;
export type Indicator = (typeof indicators)[number];

/** What an indicator's events are rows of. */
type IndicatorSource = "builds" | "deployments" | "changes" | "breaks";

export const indicatorSources: Record<Indicator, IndicatorSource> = {
  build_duration: "builds",
  deployment_duration: "deployments",
  rollback_duration: "deployments",
  rollback_decision: "deployments",
  commit_to_production: "changes",
  main_broken: "breaks",
  recovery: "deployments",
};

/** Builds and main branches belong to repositories, all else to services and their teams. */
export function isOfRepositories(indicator: Indicator): boolean {
  return indicatorSources[indicator] === "builds" || indicatorSources[indicator] === "breaks";
}

export function byIndicator<Item>(
  items: readonly Item[],
  indicatorOf: (item: Item) => Indicator,
): Map<Indicator, Item[]> {
  const groups = new Map<Indicator, Item[]>();
  for (const item of items) {
    const group = groups.get(indicatorOf(item));
    if (group) group.push(item);
    else groups.set(indicatorOf(item), [item]);
  }
  return groups;
}
