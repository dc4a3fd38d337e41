import { type RawBuilder, sql } from "kysely";
import type { Context } from "@/lib/context";
import type { BuildsTrendAnswer, PipelineAnswer } from "@/lib/http/pipeline-answers";
import type { Bucket } from "@/lib/metrics/buckets";
import { type BuildSums, buildFigures, buildParts, buildSums } from "@/lib/pipelines/build-figures";
import { isCountedBuild } from "@/lib/pipelines/counted";
import { readStages } from "@/lib/pipelines/read-stages";
import { inPipelineScope } from "@/lib/pipelines/scope";
import {
  bucketAnswer,
  startsOf,
  type TrendQuestion,
  trendBuckets,
  windowBefore,
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
  const { from, to, timezone, bucket } = question;
  const buckets = trendBuckets(question);
  const scope = await inPipelineScope(context, question.scope);
  const before = windowBefore(question);
  const [sums, previous, stages] = await Promise.all([
    readSums(context, scope, question, buckets),
    question.compare ? readSums(context, scope, before, []) : null,
    readStages(context, scope, question),
  ]);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    timezone,
    bucket,
    total: buildFigures(sums.total),
    ...(previous && {
      previous: {
        from: before.from.toISOString(),
        to: before.to.toISOString(),
        total: buildFigures(previous.total),
      },
    }),
    buckets: buckets.map((each, index) => ({
      ...bucketAnswer(each),
      ...buildFigures(sums.buckets.get(index + 1)),
    })),
    ...stages,
    pipelines: sums.pipelines.map(pipelineAnswer),
  };
}

type Window = Pick<TrendQuestion, "from" | "to">;

interface PipelineSums extends BuildSums {
  repository: string;
  name: string;
  last_at: Date;
}

interface Sums {
  total: BuildSums | undefined;
  /** By width_bucket's number. */
  buckets: Map<number, BuildSums>;
  /** The 50 that ran most often. */
  pipelines: PipelineSums[];
}

/** The rows are read once, and summed up in three ways. */
async function readSums(
  { db }: Context,
  scope: RawBuilder<boolean>,
  { from, to }: Window,
  buckets: readonly Bucket[],
): Promise<Sums> {
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
  const sums: Sums = { total: undefined, buckets: new Map(), pipelines: [] };
  for (const row of rows)
    if (row.is_pipeline) sums.pipelines.push(row);
    else if (row.bucket === null) sums.total = row;
    else sums.buckets.set(row.bucket, row);
  return { ...sums, pipelines: sums.pipelines.slice(0, pipelinesAtMost) };
}

const pipelinesAtMost = 50;

function pipelineAnswer(row: PipelineSums): PipelineAnswer {
  const { queueN, queueP50Seconds, ...figures } = buildFigures(row);
  const { repository, name, last_at } = row;
  return { repository, name, lastAt: last_at.toISOString(), ...figures };
}
