import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { failed } from "@/lib/metrics/rows-behind";
import {
  type Counted,
  type CountQuestion,
  groupOf,
  inScope,
  namesOf,
  spanTable,
} from "@/lib/metrics/scope";
import { noStages, type Stages, stageNames } from "@/lib/metrics/stages";
import { toPercentiles } from "@/lib/metrics/tally";

/** Counts the stages of lead time and recovery exactly; a stage nobody told of is not in its n. */
export async function countStages(
  db: Kysely<Database>,
  question: CountQuestion,
): Promise<Counted<Stages>> {
  const stages = new Map(
    namesOf(question).map((name) => [name, question.spans.map(() => noStages())]),
  );
  if (question.spans.length === 0) return stages;
  const { rows } = await sql<Row>`
    select name, i, stage, count(*) as n,
      percentile_cont(array[0.5, 0.9]) within group (order by seconds) as percentiles
    from ${stageRows(question)} group by i, stage, name`.execute(db);
  for (const { name, i, stage, n, percentiles } of rows) {
    const counted = stages.get(name)?.[i - 1];
    const stageName = stageNames[stage - 1];
    if (counted && stageName) counted[stageName] = { n, ...toPercentiles(percentiles) };
  }
  return stages;
}

interface Row {
  name: string;
  i: number;
  stage: number;
  n: number;
  percentiles: (number | null)[] | null;
}

/** A row for every known stage, by its place in `stageNames`, of a change that shipped, or of a failure that was restored. */
export function stageRows(question: CountQuestion) {
  const { scope, spans } = question;
  return sql`(
    select ${groupOf(question)} as name, s.i, t.stage, t.seconds
    from ${spanTable(spans)} cross join lateral (
      select service, team, coding_seconds, pickup_seconds, review_seconds,
        merge_to_deploy_seconds, deploy_seconds
      from deployment_changes
      where ${inScope(scope)} and lead_seconds is not null
        and finished_at >= s.from_at and finished_at < s.to_at
    ) c cross join lateral (values (1, coding_seconds), (2, pickup_seconds),
      (3, review_seconds), (4, merge_to_deploy_seconds),
      (5, deploy_seconds)) as t (stage, seconds)
    where t.seconds is not null
    union all
    select ${groupOf(question)} as name, s.i, t.stage, t.seconds
    from ${spanTable(spans)} cross join lateral (
      select service, team, detect_seconds, decide_seconds, remedy_seconds, confirm_seconds
      from deployments
      where ${inScope(scope)} and ${failed} and restored_at is not null
        and at >= s.from_at and at < s.to_at
    ) d cross join lateral (values (6, detect_seconds), (7, decide_seconds),
      (8, remedy_seconds), (9, confirm_seconds)) as t (stage, seconds)
    where t.seconds is not null) as stages`;
}
