import { sql } from "kysely";
import { deploymentsOf } from "@/lib/metrics/rows-behind";
import { inScope, type MetricScope } from "@/lib/metrics/scope";

export interface InsightQuestion {
  from: Date;
  to: Date;
  scope: MetricScope;
}

/** The failures that the change fail rate counts, and what it divides them by. */
export function deploymentsBehind(
  figure: "failed" | "judged",
  { scope, from, to }: InsightQuestion,
) {
  return sql<boolean>`${deploymentsOf(figure)}
    and ${inScope(scope)} and at >= ${from} and at < ${to}`;
}
