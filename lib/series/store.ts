import { createHash } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { decodeChunk, encodeChunk, mergeSamples } from "@/lib/series/chunk";
import { identityText } from "@/lib/series/otlp/to-series";
import type { Sample, SeriesIdentity, SeriesSamples } from "@/lib/series/types";

const hourMilliseconds = 3_600_000;
export const seriesPerSourceAtMost = 50_000;
/** One writer of chunks at a time: merging one is read, then write. */
const chunksLock = 7_402_002;
const seriesCachedAtMost = 200_000;

export interface Stored {
  samples: number;
  /** Samples of label sets above the source's cap. */
  refused: number;
}

/**
 * Keeps samples: those of the running hour a row each, older ones merged into
 * their hour's chunk. The same time again overwrites. Commits before it returns.
 */
export async function storeSeries(
  db: Kysely<Database>,
  source: string,
  series: readonly SeriesSamples[],
  now: Date,
): Promise<Stored> {
  const ids = await idsOf(db, source, series);
  const head: [number, Sample][] = [];
  const past = new Map<string, { id: number; hour: number; samples: Sample[] }>();
  let refused = 0;
  const running = hourOf(now.getTime());
  for (const each of series) {
    const id = ids.get(identityHash(source, each));
    if (id === undefined) refused += each.samples.length;
    else
      for (const sample of each.samples) {
        const hour = hourOf(sample[0]);
        if (hour >= running) head.push([id, sample]);
        else collect(past, id, hour, sample);
      }
  }
  const chunks = [...past.values()];
  if (head.length > 0) await writeHead(db, head);
  if (chunks.length > 0)
    await inTurn(db, () => db.transaction().execute((trx) => mergeChunks(trx, chunks)));
  const given = series.reduce((sum, each) => sum + each.samples.length, 0);
  return { samples: given - refused, refused };
}

/** Moves whole hours from the head into chunks; returns how many samples moved. */
export async function compactHead(db: Kysely<Database>, now: Date): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const rows = await trx
      .deleteFrom("series_head")
      .where("at", "<", new Date(hourOf(now.getTime())))
      .returning(["series_id", "at", "value"])
      .execute();
    const past = new Map<string, { id: number; hour: number; samples: Sample[] }>();
    for (const row of rows) {
      const at = row.at.getTime();
      collect(past, row.series_id, hourOf(at), [at, row.value]);
    }
    if (past.size > 0) await mergeChunks(trx, [...past.values()]);
    return rows.length;
  });
}

export function hourOf(at: number): number {
  return Math.floor(at / hourMilliseconds) * hourMilliseconds;
}

/** The end of the line of this process's chunk writers, by database. */
const lines = new WeakMap<Kysely<Database>, Promise<unknown>>();

/** Waits here rather than at the lock: there each would hold a connection that the door needs. */
function inTurn<Result>(db: Kysely<Database>, work: () => Promise<Result>): Promise<Result> {
  const before = lines.get(db) ?? Promise.resolve();
  const turn = before.then(work, work);
  lines.set(
    db,
    turn.catch(() => undefined),
  );
  return turn;
}

interface HourOfSeries {
  id: number;
  hour: number;
  samples: Sample[];
}

function collect(past: Map<string, HourOfSeries>, id: number, hour: number, sample: Sample): void {
  const key = `${id} ${hour}`;
  const chunk = past.get(key);
  if (chunk) chunk.samples.push(sample);
  else past.set(key, { id, hour, samples: [sample] });
}

async function writeHead(db: Kysely<Database>, head: [number, Sample][]): Promise<void> {
  const latest = new Map(head.map(([id, [at, value]]) => [`${id} ${at}`, { id, at, value }]));
  const rows = [...latest.values()].sort((a, b) => a.id - b.id || a.at - b.at);
  await sql`
    insert into series_head (series_id, at, value)
    select * from unnest(
      ${rows.map((row) => row.id)}::bigint[],
      ${rows.map((row) => new Date(row.at).toISOString())}::timestamptz[],
      ${rows.map((row) => row.value)}::float8[])
    on conflict (series_id, at) do update set value = excluded.value`.execute(db);
}

async function mergeChunks(trx: Transaction<Database>, chunks: HourOfSeries[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(${chunksLock})`.execute(trx);
  const { rows: known } = await sql<{ series_id: number; hour: Date; payload: Buffer }>`
    select c.series_id, c.hour, c.payload
    from series_chunks c
    join unnest(
      ${chunks.map((chunk) => chunk.id)}::bigint[],
      ${chunks.map((chunk) => new Date(chunk.hour).toISOString())}::timestamptz[]
    ) as w (series_id, hour) using (series_id, hour)`.execute(trx);
  const before = new Map(
    known.map((row) => [
      `${row.series_id} ${row.hour.getTime()}`,
      decodeChunk(row.hour.getTime(), row.payload),
    ]),
  );
  const merged = chunks.map((chunk) => ({
    ...chunk,
    samples: mergeSamples(before.get(`${chunk.id} ${chunk.hour}`) ?? [], chunk.samples),
  }));
  await sql`
    insert into series_chunks (series_id, hour, samples, payload)
    select * from unnest(
      ${merged.map((chunk) => chunk.id)}::bigint[],
      ${merged.map((chunk) => new Date(chunk.hour).toISOString())}::timestamptz[],
      ${merged.map((chunk) => chunk.samples.length)}::int[],
      ${merged.map((chunk) => encodeChunk(chunk.hour, chunk.samples))}::bytea[])
    on conflict (series_id, hour) do update
      set samples = excluded.samples, payload = excluded.payload`.execute(trx);
}

/** Ids by identity hash, per process; a series is never renumbered. */
const knownIds = new WeakMap<Kysely<Database>, Map<string, number>>();

function identityHash(source: string, identity: SeriesIdentity): string {
  return createHash("sha256")
    .update(`${source}\0${identityText(identity)}`)
    .digest("hex");
}

/** Registers what is new up to the source's cap; what is above has no id. */
async function idsOf(
  db: Kysely<Database>,
  source: string,
  series: readonly SeriesSamples[],
): Promise<Map<string, number>> {
  const cache = knownIds.get(db) ?? new Map<string, number>();
  if (cache.size > seriesCachedAtMost) cache.clear();
  knownIds.set(db, cache);
  const hashes = series.map((each) => identityHash(source, each));
  const unknown = series.filter((_, index) => !cache.has(hashes[index] ?? ""));
  if (unknown.length > 0) await register(db, source, unknown, cache);
  return cache;
}

async function register(
  db: Kysely<Database>,
  source: string,
  series: readonly SeriesSamples[],
  cache: Map<string, number>,
): Promise<void> {
  const { rows: counted } = await sql<{ n: number }>`
    select count(*) as n from series where source = ${source}`.execute(db);
  const room = Math.max(0, seriesPerSourceAtMost - (counted[0]?.n ?? 0));
  const { rows } = await sql<{ id: number; identity: Buffer }>`
    insert into series (source, service, environment, metric, unit, shape, labels, identity)
    select ${source}, s.service, s.environment, s.metric, s.unit, s.shape, s.labels, s.identity
    from unnest(
      ${series.map((each) => each.service)}::text[],
      ${series.map((each) => each.environment)}::text[],
      ${series.map((each) => each.metric)}::text[],
      ${series.map((each) => each.unit)}::text[],
      ${series.map((each) => each.shape)}::text[],
      ${series.map((each) => JSON.stringify(each.labels))}::jsonb[],
      ${series.map((each) => Buffer.from(identityHash(source, each), "hex"))}::bytea[]
    ) as s (service, environment, metric, unit, shape, labels, identity)
    limit ${room}
    on conflict (identity) do update set identity = excluded.identity
    returning id, identity`.execute(db);
  for (const row of rows) cache.set(row.identity.toString("hex"), row.id);
}
