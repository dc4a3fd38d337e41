import { type RawBuilder, sql } from "kysely";
import type { Context } from "@/lib/context";
import type { StageAnswer } from "@/lib/http/pipeline-answers";
import { isCountedBuild } from "@/lib/pipelines/counted";
import type { Window } from "@/lib/pipelines/window";

/** So many of the newest builds are opened for their stages; the answer says how many they were. */
const buildsAtMost = 10_000;
const stagesAtMost = 50;

interface StageRow {
  name: string;
  n: number;
  failed: number;
  spans: number[] | null;
  /** Seconds of the stage over those of all. */
  share: number | null;
  builds: number;
}

/**
 * The stages that take the most time, over the newest 10,000 builds of the window:
 * exact percentiles in seconds, the share that failed (of those that succeeded or
 * failed), and the share of the time that all stages took together.
 */
export async function readStages(
  { db }: Context,
  scope: RawBuilder<boolean>,
  { from, to }: Window,
): Promise<{ stages: StageAnswer[]; stagesFrom: number }> {
  const { rows } = await sql<StageRow>`
    with newest as (
      select stages from builds
      where ${scope} and at >= ${from} and at < ${to} and ${isCountedBuild}
        and jsonb_array_length(stages) > 0
      order by at desc, id desc limit ${buildsAtMost}
    ),
    told as (
      select stage ->> 'name' as name, stage ->> 'status' as status,
        extract(epoch from (stage ->> 'finishedAt')::timestamptz - (stage ->> 'startedAt')::timestamptz)::float8 as seconds
      from newest, jsonb_array_elements(stages) as stage
    )
    select name, count(*)::int as n, count(*) filter (where status = 'failed')::int as failed,
      percentile_cont(array[0.5, 0.9]) within group (order by seconds) filter (where seconds >= 0) as spans,
      sum(seconds) filter (where seconds >= 0)
        / nullif(sum(sum(seconds) filter (where seconds >= 0)) over (), 0) as share,
      (select count(*)::int from newest) as builds
    from told
    where status in ('succeeded', 'failed')
    group by name
    order by sum(seconds) filter (where seconds >= 0) desc nulls last, name
    limit ${stagesAtMost}`.execute(db);
  return {
    stages: rows.map(({ name, n, failed, spans, share }) => ({
      name,
      n,
      p50Seconds: spans?.[0] ?? null,
      p90Seconds: spans?.[1] ?? null,
      failRate: failed / n,
      shareOfTime: share,
    })),
    stagesFrom: rows[0]?.builds ?? 0,
  };
}
