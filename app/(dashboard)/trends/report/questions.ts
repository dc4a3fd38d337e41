import { failurePages, metricsQuery, remediesQuery, slosQuery } from "@/app/_query/queries";
import type { ReportMonth } from "./month";

/** More failures than this make no report that is read; the page says how many there are. */
export const failuresAtMost = 40;

/** Everything that the report of one month asks: of a team, or of all that one may see. */
export function reportQuestions(month: ReportMonth, team: string | null, timezone: string) {
  const [before, from, to] = [month.before.from, month.from, month.to].map((at) =>
    at.toISOString(),
  );
  const scope = { team, timezone };
  return {
    metrics: metricsQuery({ ...scope, from, to, bucket: "week" }),
    before: metricsQuery({ ...scope, from: before, to: from, bucket: "month" }),
    remedies: remediesQuery({ ...scope, from, to, by: team ? "service" : "team" }),
    slos: slosQuery({ team, at: to }),
    failures: failurePages({ team, from, to, limit: failuresAtMost }),
  };
}
