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
  const [sums, previous, stages, pipelines] = await Promise.all([
    readSums(context, scope, question, buckets),
    question.compare ? readSums(context, scope, before, []) : null,
    readStages(context, scope, question),
    readPipelines(context, scope, question),
  ]);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    timezone,
    bucket,
    total: buildFigures(sums.get(null)),
    ...(previous && {
      previous: {
        from: before.from.toISOString(),
        to: before.to.toISOString(),
        total: buildFigures(previous.get(null)),
      },
    }),
    buckets: buckets.map((each, index) => ({
      ...bucketAnswer(each),
      ...buildFigures(sums.get(index + 1)),
    })),
    ...stages,
    pipelines,
  };
}

type Window = Pick<TrendQuestion, "from" | "to">;

/** By width_bucket's number; null is the total. */
async function readSums(
  { db }: Context,
  scope: RawBuilder<boolean>,
  { from, to }: Window,
  buckets: readonly Bucket[],
): Promise<Map<number | null, BuildSums>> {
  const { rows } = await sql<BuildSums & { bucket: number | null }>`
    with counted as (
      select width_bucket(at, ${startsOf(buckets)}) as bucket, ${buildParts}
      from builds
      where ${scope} and at >= ${from} and at < ${to} and ${isCountedBuild}
    )
    select bucket, ${buildSums} from counted group by grouping sets ((bucket), ())`.execute(db);
  return new Map(rows.map((row) => [row.bucket, row]));
}

async function readPipelines(
  { db }: Context,
  scope: RawBuilder<boolean>,
  { from, to }: Window,
): Promise<PipelineAnswer[]> {
  const { rows } = await sql<BuildSums & { repository: string; name: string; last_at: Date }>`
    with counted as (
      select repository, name, at, ${buildParts}
      from builds
      where ${scope} and at >= ${from} and at < ${to} and ${isCountedBuild}
    )
    select repository, name, max(at) as last_at, ${buildSums}
    from counted group by repository, name
    order by n desc, repository, name
    limit 50`.execute(db);
  return rows.map((row) => {
    const { queueN, queueP50Seconds, ...figures } = buildFigures(row);
    const { repository, name, last_at } = row;
    return { repository, name, lastAt: last_at.toISOString(), ...figures };
  });
}
