import { metricsQuery } from "@/app/_query/queries";

export const buckets = ["day", "week", "month"] as const;

export interface TrendsFilter {
  service: string | null;
  team: string | null;
  /** null: tier production. */
  environment: string | null;
  bucket: (typeof buckets)[number];
}

export function readTrends(
  value: (name: "service" | "team" | "environment" | "bucket") => string | null,
): TrendsFilter {
  return {
    service: value("service"),
    team: value("team"),
    environment: value("environment"),
    bucket: buckets.find((each) => each === value("bucket")) ?? "week",
  };
}

/** The window's figures, and those of the window of the same length before it. */
export function trendsQuestions(
  filter: TrendsFilter,
  { from, to }: { from: Date; to: Date },
  timezone: string,
) {
  const start = new Date(2 * from.getTime() - to.getTime());
  const ask = (since: Date, until: Date) =>
    metricsQuery({ ...filter, timezone, from: since.toISOString(), to: until.toISOString() });
  return { now: ask(from, to), before: ask(start, from) };
}
