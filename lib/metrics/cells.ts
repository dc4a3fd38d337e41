import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Bucket, BucketSize } from "@/lib/metrics/buckets";
import type { Tally } from "@/lib/metrics/figures";
import { readTallies } from "@/lib/metrics/read-tallies";
import type { MetricScope } from "@/lib/metrics/scope";

/** Marking holds it shared, making cells alone: so no cell is born from before a marking. */
export const cellsLock = 7_402_001;

interface CellQuestion {
  scope: MetricScope;
  bucket: BucketSize;
  timezone: string;
}

/**
 * The tallies of whole buckets from their cells, in order; what is dirty or not
 * there yet is recomputed exactly and kept. Null when the scope has no cells:
 * they exist for everything, one team, or one service, in one environment at most.
 */
export async function readCells(
  db: Kysely<Database>,
  question: CellQuestion,
  buckets: readonly Bucket[],
): Promise<Tally[] | null> {
  const place = placeOf(question);
  if (!place) return null;
  const clean = await cleanCells(db, place, buckets);
  const missing = buckets.filter((bucket) => !clean.has(bucket.start.getTime()));
  if (missing.length > 0)
    for (const [start, tally] of await recompute(db, question, place, missing))
      clean.set(start, tally);
  return buckets.flatMap((bucket) => clean.get(bucket.start.getTime()) ?? []);
}

interface Place {
  scope: "all" | "team" | "service";
  scope_name: string;
  environment: string;
  timezone: string;
  bucket: BucketSize;
}

function placeOf({ scope, bucket, timezone }: CellQuestion): Place | null {
  const { services, teams, environments } = scope;
  if (environments.length > 1 || services.length + teams.length > 1) return null;
  const environment = environments[0] ?? "";
  const [service] = services;
  const [team] = teams;
  if (service) return { scope: "service", scope_name: service, environment, timezone, bucket };
  if (team) return { scope: "team", scope_name: team, environment, timezone, bucket };
  return { scope: "all", scope_name: "", environment, timezone, bucket };
}

type Cells = Map<number, Tally>;

async function cleanCells(
  db: Kysely<Database>,
  place: Place,
  buckets: readonly Bucket[],
): Promise<Cells> {
  const rows = await cellsOf(db, place, buckets)
    .select(["starts_at", "figures"])
    .where("dirty", "=", false)
    .execute();
  return new Map(
    rows.flatMap((row) =>
      row.figures ? [[row.starts_at.getTime(), row.figures as unknown as Tally]] : [],
    ),
  );
}

function cellsOf(db: Kysely<Database>, place: Place, buckets: readonly Bucket[]) {
  const starts = buckets.map((bucket) => bucket.start.toISOString());
  return db
    .selectFrom("metric_cells")
    .where("scope", "=", place.scope)
    .where("scope_name", "=", place.scope_name)
    .where("environment", "=", place.environment)
    .where("timezone", "=", place.timezone)
    .where("bucket", "=", place.bucket)
    .where(sql<boolean>`starts_at = any(${starts}::timestamptz[])`);
}

/** Cleans first, counts second: a marking that comes in between waits for the row and outlives us. */
async function recompute(
  db: Kysely<Database>,
  question: CellQuestion,
  place: Place,
  missing: readonly Bucket[],
): Promise<Cells> {
  return db.transaction().execute(async (trx) => {
    await claimCells(trx, place, missing);
    const cells: Cells = new Map();
    for (const span of contiguous(missing)) {
      const window = {
        from: span[0]?.start ?? new Date(0),
        to: span.at(-1)?.end ?? new Date(0),
        timezone: place.timezone,
      };
      const { buckets } = await readTallies(trx, question.scope, window, span);
      span.forEach((bucket, index) => {
        const tally = buckets[index];
        if (tally) cells.set(bucket.start.getTime(), tally);
      });
    }
    await keepCells(trx, place, cells);
    return cells;
  });
}

async function claimCells(
  trx: Transaction<Database>,
  place: Place,
  buckets: readonly Bucket[],
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${cellsLock})`.execute(trx);
  const rows = [...buckets]
    .sort((a, b) => a.start.getTime() - b.start.getTime())
    .map((bucket) => ({ ...place, starts_at: bucket.start, dirty: false, figures: null }));
  await trx
    .insertInto("metric_cells")
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(["scope", "scope_name", "environment", "timezone", "bucket", "starts_at"])
        .doUpdateSet({ dirty: false, figures: null }),
    )
    .execute();
}

async function keepCells(trx: Transaction<Database>, place: Place, cells: Cells): Promise<void> {
  const starts = [...cells.keys()].map((start) => new Date(start).toISOString());
  const figures = [...cells.values()].map((tally) => JSON.stringify(tally));
  await sql`
    update metric_cells c set figures = f.figures
    from unnest(${starts}::timestamptz[], ${figures}::jsonb[]) as f (starts_at, figures)
    where c.scope = ${place.scope} and c.scope_name = ${place.scope_name}
      and c.environment = ${place.environment} and c.timezone = ${place.timezone}
      and c.bucket = ${place.bucket} and c.starts_at = f.starts_at`.execute(trx);
}

/** Runs of neighbouring buckets, so that each run is counted in one pass. */
function contiguous(buckets: readonly Bucket[]): Bucket[][] {
  const spans: Bucket[][] = [];
  for (const bucket of buckets) {
    const span = spans.at(-1);
    if (span?.at(-1)?.end.getTime() === bucket.start.getTime()) span.push(bucket);
    else spans.push([bucket]);
  }
  return spans;
}
