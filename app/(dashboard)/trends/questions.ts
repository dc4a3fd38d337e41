import { metricsQuery } from "@/app/_query/queries";
import type { WeekStart } from "@/app/_window/week-start-name";

export const buckets = ["day", "week", "month"] as const;
export const definitions = ["pushline", "devlake", "both"] as const;

export interface TrendsFilter {
  service: string | null;
  team: string | null;
  /** null: tier production. */
  environment: string | null;
  bucket: (typeof buckets)[number];
  definition: (typeof definitions)[number];
  /** Of the DORA report whose levels are a reading aid; null: none. */
  levels: number | null;
}

export const trendsFilterNames = [
  "service",
  "team",
  "environment",
  "bucket",
  "definition",
  "levels",
] as const;

export function readTrends(
  value: (name: (typeof trendsFilterNames)[number]) => string | null,
): TrendsFilter {
  return {
    service: value("service"),
    team: value("team"),
    environment: value("environment"),
    bucket: buckets.find((each) => each === value("bucket")) ?? "week",
    definition: definitions.find((each) => each === value("definition")) ?? "pushline",
    levels: Number(value("levels")) || null,
  };
}

/** The window's figures with those of the period before, by the definitions that are looked at. */
export function trendsQuestions(
  { service, team, environment, bucket, definition }: TrendsFilter,
  { from, to }: { from: Date; to: Date },
  { timezone, weekStart }: { timezone: string; weekStart: WeekStart },
) {
  const ask = (by: "pushline" | "devlake") =>
    metricsQuery({
      ...{ service, team, environment, bucket, timezone },
      from: from.toISOString(),
      to: to.toISOString(),
      weekStart,
      compare: "previous",
      stages: by === "pushline" || undefined,
      definition: by,
    });
  return {
    shown: ask(definition === "devlake" ? "devlake" : "pushline"),
    beside: definition === "both" ? ask("devlake") : null,
  };
}
