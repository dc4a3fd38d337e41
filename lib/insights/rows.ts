import { type RawBuilder, sql } from "kysely";
import { failed } from "@/lib/metrics/rows-behind";
import { inScope, type MetricScope } from "@/lib/metrics/scope";

export interface InsightQuestion {
  from: Date;
  to: Date;
  scope: MetricScope;
}

/** The failures that the change fail rate counts. */
export function failuresOf(question: InsightQuestion): RawBuilder<boolean> {
  return sql<boolean>`${failed} and ${within(question)}`;
}

/** Where and when a question asks, as a condition on `deployments`. */
export function within({ scope, from, to }: InsightQuestion): RawBuilder<boolean> {
  return sql<boolean>`${inScope(scope)} and at >= ${from} and at < ${to}`;
}
