import { failurePages, remediesQuery } from "@/app/_query/queries";

export const groupings = ["team", "service", "month"] as const;
export const filterNames = ["service", "team", "environment", "by", "heldBy"] as const;

export const endings = ["rollback", "revert", "fix_forward", "flag_off", "none", "open"] as const;
export type Ending = (typeof endings)[number];

export interface RemediesFilter {
  service: string | null;
  team: string | null;
  /** null: tier production. */
  environment: string | null;
  by: (typeof groupings)[number];
  heldBy: Ending | null;
}

export function readRemediesFilter(
  value: (name: (typeof filterNames)[number]) => string | null,
): RemediesFilter {
  return {
    service: value("service"),
    team: value("team"),
    environment: value("environment"),
    by: groupings.find((each) => each === value("by")) ?? "team",
    heldBy: endings.find((each) => each === value("heldBy")) ?? null,
  };
}

/** By month for the chart, by what the table shows, and the failures themselves. */
export function remediesQuestions(
  { by, heldBy, ...scope }: RemediesFilter,
  { from, to }: { from: Date; to: Date },
  timezone: string,
) {
  const window = { ...scope, from: from.toISOString(), to: to.toISOString() };
  return {
    months: remediesQuery({ ...window, timezone, by: "month" }),
    groups: remediesQuery({ ...window, timezone, by }),
    failures: failurePages({ ...window, heldBy, limit: 25 }),
  };
}
