import { createHash } from "node:crypto";
import type { Count } from "@/lib/slo/budget";
import { type Indicator, isOfRepositories } from "@/lib/slo/indicators";
import type { Objective } from "@/lib/slo/objective";
import {
  type Override,
  overridesWithin,
  type PlacedService,
  repositoriesOf,
} from "@/lib/slo/scopes";

/** What is counted for an objective: which events, and which of them are good. */
export interface Measure {
  indicator: Indicator;
  /** By which of an event's members it is chosen. */
  scope: "all" | "team" | "service" | "repository";
  /** Repositories in lower case. */
  names: readonly string[];
  thresholdSeconds: number;
  overrides: readonly Override[];
}

/** One event of an indicator, counted where it stands in time. */
export interface SloEvent {
  at: Date;
  seconds: number;
  service: string | null;
  team: string | null;
  /** In lower case. */
  repository: string | null;
}

/** The measure of an objective in force; null where it is switched off. */
export function measureOf(
  { indicator, scope, thresholdSeconds }: Objective,
  objectives: readonly Objective[],
  services: readonly PlacedService[],
): Measure | null {
  if (thresholdSeconds === null) return null;
  const overrides = overridesWithin(objectives, { indicator, scope }, services);
  if (scope.kind === "all")
    return { indicator, scope: "all", names: [], thresholdSeconds, overrides };
  const ofRepositories = isOfRepositories(indicator) || scope.kind === "repository";
  const names = ofRepositories
    ? [...new Set(repositoriesOf(scope, services).map((name) => name.toLowerCase()))].sort()
    : [scope.name];
  const chosen = ofRepositories ? "repository" : (scope.kind as "team" | "service");
  return { indicator, scope: chosen, names, thresholdSeconds, overrides };
}

/** Equal for measures that count the same, and only for these. */
export function measureKey({ overrides, ...measure }: Measure): string {
  const { indicator, scope, names, thresholdSeconds } = measure;
  const judged = overrides.map((each) => [each.scope.kind, each.scope.name, each.thresholdSeconds]);
  const said = JSON.stringify([indicator, scope, names, thresholdSeconds, judged]);
  return createHash("sha256").update(said).digest("base64url").slice(0, 22);
}

/**
 * Whether an event is good, strictly under the narrowest threshold that concerns it:
 * its service's, else its repository's, else its team's, else the measure's. Null
 * where it is not counted: outside of the scope, or switched off.
 */
export function isGood(measure: Measure, event: SloEvent): boolean | null {
  if (!isInside(measure, event)) return null;
  const threshold = thresholdFor(measure, event);
  return threshold === null ? null : event.seconds < threshold;
}

/** The threshold by which an event is judged, in seconds; null where it is switched off. */
export function thresholdFor(measure: Measure, event: SloEvent): number | null {
  if (measure.overrides.length === 0) return measure.thresholdSeconds;
  for (const kind of ["service", "repository", "team"] as const) {
    const own = measure.overrides.find(
      ({ scope }) =>
        scope.kind === kind &&
        (kind === "repository" ? scope.name.toLowerCase() : scope.name) === event[kind],
    );
    if (own) return own.thresholdSeconds;
  }
  return measure.thresholdSeconds;
}

function isInside({ scope, names }: Measure, event: SloEvent): boolean {
  if (scope === "all") return true;
  const member = event[scope];
  return member !== null && names.includes(member);
}

/** An event of a measure, at a moment in epoch milliseconds. */
export interface JudgedEvent {
  at: number;
  good: boolean;
}

/** Those of the events that the measure counts. */
export function judgeAll(measure: Measure, events: readonly SloEvent[]): JudgedEvent[] {
  return events.flatMap((event) => {
    const good = isGood(measure, event);
    return good === null ? [] : [{ at: event.at.getTime(), good }];
  });
}

/** The events of a stretch of time [from, to), in milliseconds. */
export function countBetween(events: readonly JudgedEvent[], from: number, to: number): Count {
  const count = { n: 0, good: 0 };
  for (const { at, good } of events) {
    if (at < from || at >= to) continue;
    count.n += 1;
    if (good) count.good += 1;
  }
  return count;
}
