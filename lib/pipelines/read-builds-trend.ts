import { type RawBuilder, sql } from "kysely";
import type { Context } from "@/lib/context";
import type { BuildFigures, BuildsTrendAnswer, PipelineAnswer } from "@/lib/http/pipeline-answers";
import type { Bucket } from "@/lib/metrics/buckets";
import { type BuildSums, buildFigures, buildParts, buildSums } from "@/lib/pipelines/build-figures";
import { isCountedBuild } from "@/lib/pipelines/counted";
import { readStages } from "@/lib/pipelines/read-stages";
import { inPipelineScope } from "@/lib/pipelines/scope";
import {
  comparedWindow,
  type FiguresOf,
  startsOf,
  type TrendQuestion,
  trendAnswer,
  trendBuckets,
  type Window,
} from "@/lib/pipelines/window";

/**
 * How builds went, in total, per calendar bucket, per stage and per pipeline: counts,
 * success rate (succeeded ÷ succeeded and failed), durations in seconds. A build counts
 * where it finished. Throws what trendBuckets throws, and `not_found` outside of the reach.
 */
export async function readBuildsTrend(
  context: Context,
  question: TrendQuestion,
): Promise<BuildsTrendAnswer> {
  const buckets = trendBuckets(question);
  const scope = await inPipelineScope(context, question.scope);
  const before = comparedWindow(question);
  const [now, compared, stages] = await Promise.all([
    readSums(context, scope, question, buckets),
    before && readSums(context, scope, before, []).then((sums) => ({ ...before, ...sums })),
    readStages(context, scope, question),
  ]);
  return {
    ...trendAnswer(question, buckets, now.figures, compared),
    ...stages,
    pipelines: now.pipelines.slice(0, pipelinesAtMost).map(pipelineAnswer),
  };
}

interface PipelineSums extends BuildSums {
  repository: string;
  name: string;
  last_at: Date;
}

/** The rows are read once, and summed up in three ways. */
async function readSums(
  { db }: Context,
  scope: RawBuilder<boolean>,
  { from, to }: Window,
  buckets: readonly Bucket[],
): Promise<{ figures: FiguresOf<BuildFigures>; pipelines: PipelineSums[] }> {
  const { rows } = await sql<PipelineSums & { bucket: number | null; is_pipeline: boolean }>`
    with counted as (
      select width_bucket(at, ${startsOf(buckets)}) as bucket, repository, name, at, ${buildParts}
      from builds
      where ${scope} and at >= ${from} and at < ${to} and ${isCountedBuild}
    )
    select bucket, repository, name, grouping(repository) = 0 as is_pipeline, max(at) as last_at, ${buildSums}
    from counted
    group by grouping sets ((bucket), (repository, name), ())
    order by n desc, repository, name`.execute(db);
  const sums = new Map(rows.flatMap((row) => (row.is_pipeline ? [] : [[row.bucket, row]])));
  return {
    figures: (bucket) => buildFigures(sums.get(bucket)),
    pipelines: rows.filter((row) => row.is_pipeline),
  };
}

/** Those that ran most often. */
const pipelinesAtMost = 50;

function pipelineAnswer(row: PipelineSums): PipelineAnswer {
  const { queueN, queueP50Seconds, ...figures } = buildFigures(row);
  const { repository, name, last_at } = row;
  return { repository, name, lastAt: last_at.toISOString(), ...figures };
}
