import { randomUUID } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { type Batch, batchesOf, countBatch } from "@/lib/metrics/cell-batches";
import type { CellContent, CellPart } from "@/lib/metrics/cell-parts";
import type { CellKey } from "@/lib/metrics/cells";
import { cellsLock } from "@/lib/metrics/mark-cells";
import type { Places } from "@/lib/metrics/places";

/**
 * Counts these cells anew and keeps what was counted. First claimed, then counted in
 * one snapshot, then kept where the claim still stands: whoever changes rows after the
 * claim marks the cell, which voids it, and never waits for a count.
 */
export async function recountCells(
  db: Kysely<Database>,
  places: Pick<Places, "by" | "timezone">,
  part: CellPart,
  keys: readonly CellKey[],
): Promise<void> {
  for (const batch of batchesOf(keys)) await recountBatch(db, places, part, batch);
}

async function recountBatch(
  db: Kysely<Database>,
  places: Pick<Places, "by" | "timezone">,
  part: CellPart,
  batch: Batch,
): Promise<void> {
  const claim = randomUUID();
  const ids = await db.transaction().execute((trx) => claimCells(trx, places, part, batch, claim));
  const contents = await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute((trx) => countBatch(trx, places, part, batch));
  await db.transaction().execute((trx) => keepCells(trx, { ids, part, claim, batch, contents }));
}

/** Answers the places' ids by name. */
async function claimCells(
  trx: Transaction<Database>,
  { by, timezone }: Pick<Places, "by" | "timezone">,
  part: CellPart,
  { names, environment, spans }: Batch,
  claim: string,
): Promise<Map<string, number>> {
  await sql`select pg_advisory_xact_lock(${cellsLock})`.execute(trx);
  await sql`
    insert into metric_places (scope, scope_name, environment, timezone)
    select ${by}, name, ${environment}, ${timezone} from unnest(${names}::text[]) as name
    order by name
    on conflict do nothing`.execute(trx);
  const { rows } = await sql<{ id: number; name: string }>`
    select id, scope_name as name from metric_places
    where scope = ${by} and scope_name = any(${names}::text[])
      and environment = ${environment} and timezone = ${timezone}`.execute(trx);
  await sql`
    insert into metric_cells (place_id, part, period, starts_at, ends_at, dirty, claim)
    select p.id, ${part}, s.period, s.starts_at, s.ends_at, false, ${claim}
    from unnest(${rows.map(({ id }) => id)}::integer[]) as p (id), unnest(
      ${spans.map(({ period }) => period)}::text[],
      ${spans.map(({ start }) => start.toISOString())}::timestamptz[],
      ${spans.map(({ end }) => end.toISOString())}::timestamptz[]
    ) as s (period, starts_at, ends_at)
    order by 1, 2, 3, 4
    on conflict (place_id, part, period, starts_at) do update
    set dirty = false, claim = excluded.claim, figures = null, histograms = null`.execute(trx);
  return new Map(rows.map(({ id, name }) => [name, id]));
}

interface Keeping {
  ids: ReadonlyMap<string, number>;
  part: CellPart;
  claim: string;
  batch: Batch;
  contents: ReadonlyMap<string, readonly CellContent[]>;
}

/** What was marked or claimed by another meanwhile is left as it is. */
async function keepCells(
  trx: Transaction<Database>,
  { ids, part, claim, batch, contents }: Keeping,
): Promise<void> {
  const rows = [...ids].flatMap(([name, place_id]) =>
    batch.spans.flatMap(({ period, start }, index) => {
      const content = contents.get(name)?.[index];
      return content ? [{ place_id, period, starts_at: start.toISOString(), ...content }] : [];
    }),
  );
  await sql`
    with counted as materialized (
      select * from unnest(
        ${rows.map((row) => row.place_id)}::integer[],
        ${rows.map((row) => row.period)}::text[],
        ${rows.map((row) => row.starts_at)}::timestamptz[],
        ${rows.map((row) => row.figures)}::text[],
        ${rows.map((row) => row.histograms)}::text[]
      ) as k (place_id, period, starts_at, figures, histograms)
    ),
    held as materialized (
      select c.ctid as place, k.figures, k.histograms
      from counted k join metric_cells c using (place_id, period, starts_at)
      where c.part = ${part} and c.claim = ${claim} and not c.dirty
      order by c.place_id, c.period, c.starts_at
      for update of c
    )
    update metric_cells c
    set figures = h.figures, histograms = h.histograms, claim = null
    from held h where c.ctid = h.place`.execute(trx);
}
