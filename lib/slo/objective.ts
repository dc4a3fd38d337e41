import { type Indicator, indicators } from "@/lib/slo/indicators";

const scopeKinds = ["all", "team", "service", "repository"] as const;
type ScopeKind = (typeof scopeKinds)[number];

/** What an objective is asked of; `name` is "" for all. */
export interface Scope {
  kind: ScopeKind;
  name: string;
}

export const wholeInstance: Scope = { kind: "all", name: "" };

/** "90 % of an indicator's events of 28 days are good": good is strictly under the threshold. */
export interface Objective {
  indicator: Indicator;
  scope: Scope;
  /** Null where it is switched off. */
  thresholdSeconds: number | null;
  /** Above 0 and below 1: a target of 1 has no budget to spend. */
  target: number;
  /** Of the rolling window. */
  windowDays: number;
}

export const usualTarget = 0.9;
export const usualWindowDays = 28;
/** The longest burn-rate window has three days; longer windows than these are not kept. */
export const windowDaysWithin = { atLeast: 7, atMost: 90 } as const;

/** What holds for the whole instance where nobody said otherwise; the others have no default. */
export const usualThresholdSeconds: Partial<Record<Indicator, number>> = {
  build_duration: 10 * 60,
  rollback_duration: 60,
  deployment_duration: 2 * 60,
  commit_to_production: 30 * 60,
};

export const defaultObjectives: readonly Objective[] = indicators.flatMap((indicator) => {
  const thresholdSeconds = usualThresholdSeconds[indicator];
  if (thresholdSeconds === undefined) return [];
  return [
    {
      indicator,
      scope: wholeInstance,
      thresholdSeconds,
      target: usualTarget,
      windowDays: usualWindowDays,
    },
  ];
});

/** Names one indicator in one scope: `build_duration`, `build_duration:team:payments`. */
export function objectiveId({ indicator, scope }: Pick<Objective, "indicator" | "scope">): string {
  return scope.kind === "all" ? indicator : `${indicator}:${scope.kind}:${scope.name}`;
}

/** What an id names; null where it is none. */
export function readObjectiveId(id: string): Pick<Objective, "indicator" | "scope"> | null {
  const [, named, kind, name] = /^([a-z_]+)(?::([a-z]+):(.+))?$/s.exec(id) ?? [];
  const indicator = indicators.find((each) => each === named);
  if (!indicator) return null;
  if (kind === undefined) return { indicator, scope: wholeInstance };
  const known = scopeKinds.find((each) => each === kind && each !== "all");
  return known && name ? { indicator, scope: { kind: known, name } } : null;
}
