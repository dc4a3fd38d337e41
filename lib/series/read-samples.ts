import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { decodeChunk } from "@/lib/series/chunk";
import { hourOf } from "@/lib/series/store";
import type { Sample, SeriesSamples, SeriesShape } from "@/lib/series/types";

export interface SampleQuestion {
  service: string;
  /** Empty: every environment. */
  environments: readonly string[];
  /** Names as stored; null: all. */
  metrics: readonly string[];
  from: Date;
  to: Date;
}

const seriesAtMost = 5_000;

/** Every series that answers the question, with its samples in [from, to] in order. */
export async function readSamples(
  db: Kysely<Database>,
  question: SampleQuestion,
): Promise<SeriesSamples[]> {
  let query = db
    .selectFrom("series")
    .select(["id", "service", "environment", "metric", "unit", "shape", "labels"])
    .where("service", "=", question.service)
    .where("metric", "in", question.metrics);
  if (question.environments.length > 0)
    query = query.where("environment", "in", question.environments);
  const found = await query.orderBy("id").limit(seriesAtMost).execute();
  const samples = await samplesOf(
    db,
    found.map((series) => series.id),
    question,
  );
  return found.flatMap(({ id, ...series }) => {
    const own = samples.get(id);
    return own ? [{ ...series, shape: series.shape as SeriesShape, samples: own }] : [];
  });
}

async function samplesOf(
  db: Kysely<Database>,
  ids: readonly number[],
  { from, to }: { from: Date; to: Date },
): Promise<Map<number, Sample[]>> {
  const samples = new Map<number, Sample[]>();
  if (ids.length === 0) return samples;
  const append = (id: number, more: Sample[]) => {
    const own = samples.get(id);
    if (own) own.push(...more);
    else if (more.length > 0) samples.set(id, more);
  };
  const [chunks, head] = await Promise.all([
    sql<{ series_id: number; hour: Date; payload: Buffer }>`
      select series_id, hour, payload from series_chunks
      where series_id = any(${[...ids]}::bigint[])
        and hour >= ${new Date(hourOf(from.getTime()))} and hour <= ${to}
      order by series_id, hour`.execute(db),
    sql<{ series_id: number; at: Date; value: number }>`
      select series_id, at, value from series_head
      where series_id = any(${[...ids]}::bigint[]) and at >= ${from} and at <= ${to}
      order by series_id, at`.execute(db),
  ]);
  const inside = ([at]: Sample) => at >= from.getTime() && at <= to.getTime();
  for (const row of chunks.rows)
    append(row.series_id, decodeChunk(row.hour.getTime(), row.payload).filter(inside));
  for (const row of head.rows) append(row.series_id, [[row.at.getTime(), row.value]]);
  return samples;
}
