import { sql } from "kysely";
import { inScope, type MetricScope } from "@/lib/metrics/scope";

export interface InsightQuestion {
  from: Date;
  to: Date;
  scope: MetricScope;
}

/** The failures that the change fail rate counts: one a rollout, in production, none a remedy. */
export function failuresOf({ scope, from, to }: InsightQuestion) {
  return sql<boolean>`failed and counted and kind not in ('rollback', 'redeploy')
    and tier = 'production' and ${inScope(scope)} and at >= ${from} and at < ${to}`;
}

/** What the change fail rate divides by: what may fail. */
export function judgedDeployments({ scope, from, to }: InsightQuestion) {
  return sql<boolean>`completed and counted and kind not in ('rollback', 'redeploy')
    and tier = 'production' and ${inScope(scope)} and at >= ${from} and at < ${to}`;
}
