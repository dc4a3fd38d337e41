import { type RawBuilder, sql } from "kysely";
import { deploymentsOf } from "@/lib/metrics/rows-behind";

/** How much a deployment brought, and how old the oldest branch in it was (seconds). */
export type BatchMeasure = "changes" | "lines" | "branchAge";

/** At or above `from`, below `to`; null is without end. */
export interface BatchClass {
  from: number;
  to: number | null;
}

/** Lines and branches are read change by change: of so many deployments in bounded time. */
export const deploymentsSampled = 5_000;

/**
 * The judged deployments that `where` holds, each with its value: rows of id, failed and
 * value, null where it is not known. Lines and branch ages are of the newest 5,000 with a
 * known change set; what brought no pull request is not among them.
 */
export function batchValues(
  measure: BatchMeasure,
  where: RawBuilder<boolean>,
): RawBuilder<{ id: string; failed: boolean; value: number | null }> {
  const judged = sql`${deploymentsOf("judged")} and ${where}`;
  if (measure === "changes")
    return sql`select id, failed, case when changes_known then change_count end as value
      from deployments where ${judged}`;
  // Derivation has found by its branch what a pull request does not tell of its first commit. One
  // is of the deployment that ships its merge (a squash, a rebase) or its head (a merge commit).
  return sql`
    with newest as (
      select id, failed from deployments
      where ${judged} and changes_known
      order by at desc, id desc limit ${deploymentsSampled}
    ), brought as (
      select distinct on (newest.id, p.id) newest.id, newest.failed, p.additions, p.deletions,
        extract(epoch from p.merged_at - coalesce(p.first_commit_at,
          p.opened_at - make_interval(secs => c.coding_seconds))) as age
      from newest
      join deployment_changes c on c.deployment_id = newest.id
      join lateral (
        select * from pull_requests m
          where m.repository = c.repository and m.merge_revision = c.revision
        union
        select * from pull_requests h
          where h.repository = c.repository and h.head_revision = c.revision
            and h.merged_at is not null
      ) p on true
      order by newest.id, p.id, age desc nulls last
    )
    select id, failed, ${told[measure]} as value from brought group by id, failed`;
}

const told = {
  lines: sql`case when bool_and(additions is not null and deletions is not null)
    then sum(additions + deletions)::float8 end`,
  branchAge: sql`max(age) filter (where age >= 0)::float8`,
};

/**
 * Whether a deployment is one of those that a class of `batchValues` counts; of
 * `unknown` those whose change set is not known. `where` bounds the sample as it did there.
 */
export function inBatchClass(
  measure: BatchMeasure,
  wanted: BatchClass | "unknown",
  where: RawBuilder<boolean>,
): RawBuilder<boolean> {
  const judged = deploymentsOf("judged");
  if (wanted === "unknown") return sql`(${judged} and changes_known is not true)`;
  if (measure === "changes")
    return sql`(${judged} and changes_known and ${isWithin("change_count", wanted)})`;
  return sql`(id in (
    select id from (${batchValues(measure, where)}) as valued where ${isWithin("value", wanted)}))`;
}

function isWithin(column: string, { from, to }: BatchClass): RawBuilder<boolean> {
  const value = sql.ref(column);
  return to === null ? sql`${value} >= ${from}` : sql`${value} >= ${from} and ${value} < ${to}`;
}
