import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { failed } from "@/lib/metrics/rows-behind";
import {
  type Counted,
  type CountQuestion,
  groupOf,
  inScope,
  inSpans,
  namesOf,
} from "@/lib/metrics/scope";
import {
  leadStageColumns,
  noStages,
  recoveryStageColumns,
  type Stages,
  stageNames,
} from "@/lib/metrics/stages";
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

/**
 * A row for every known stage, by its place in `stageNames` (from 1), of a change that
 * shipped, or of a failure that was restored.
 */
export function stageRows(question: CountQuestion) {
  const { scope, spans } = question;
  const name = groupOf(question);
  const changes = inSpans(
    spans,
    "finished_at",
    (i, isInside) => sql`
      select ${name} as name, ${i} as i, array[${columnsOf(leadStageColumns)}] as stages, 0 as before
      from deployment_changes
      where ${inScope(scope)} and lead_seconds is not null and ${isInside}`,
  );
  const failures = inSpans(
    spans,
    "at",
    (i, isInside) => sql`
      select ${name} as name, ${i} as i, array[${columnsOf(recoveryStageColumns)}] as stages,
        ${leadStageColumns.length}::integer as before
      from deployments
      where ${inScope(scope)} and ${failed} and restored_at is not null and ${isInside}`,
  );
  return sql`(
    select name, i, before + place::integer as stage, seconds
    from (${changes} union all ${failures}) as rows,
      unnest(stages) with ordinality as stage (seconds, place)
    where seconds is not null) as stages`;
}

function columnsOf(names: readonly string[]) {
  return sql.join(names.map((name) => sql.ref(name)));
}
