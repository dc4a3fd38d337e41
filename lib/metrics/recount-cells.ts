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
  await db.transaction().execute((trx) => claimCells(trx, places, part, batch, claim));
  const contents = await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute((trx) => countBatch(trx, places, part, batch));
  await db.transaction().execute((trx) => keepCells(trx, claim, batch, contents));
}

async function claimCells(
  trx: Transaction<Database>,
  { by, timezone }: Pick<Places, "by" | "timezone">,
  part: CellPart,
  { names, environment, spans }: Batch,
  claim: string,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${cellsLock})`.execute(trx);
  await sql`
    insert into metric_places (scope, scope_name, environment, timezone)
    select ${by}, name, ${environment}, ${timezone} from unnest(${names}::text[]) as name
    order by name
    on conflict do nothing`.execute(trx);
  await sql`
    insert into metric_cells (place_id, part, period, starts_at, ends_at, dirty, claim)
    select p.id, ${part}, s.period, s.starts_at, s.ends_at, false, ${claim}
    from metric_places p, unnest(
      ${spans.map(({ period }) => period)}::text[],
      ${spans.map(({ start }) => start.toISOString())}::timestamptz[],
      ${spans.map(({ end }) => end.toISOString())}::timestamptz[]
    ) as s (period, starts_at, ends_at)
    where p.scope = ${by} and p.scope_name = any(${names}::text[])
      and p.environment = ${environment} and p.timezone = ${timezone}
    order by 1, 2, 3, 4
    on conflict (place_id, part, period, starts_at) do update
    set dirty = false, claim = excluded.claim, figures = null, histograms = null`.execute(trx);
}

async function keepCells(
  trx: Transaction<Database>,
  claim: string,
  { names, spans }: Batch,
  contents: ReadonlyMap<string, readonly CellContent[]>,
): Promise<void> {
  const rows = names.flatMap((name) =>
    spans.map(({ period, start }, index) => {
      const { figures = null, histograms = null } = contents.get(name)?.[index] ?? {};
      return { name, period, starts_at: start.toISOString(), figures, histograms };
    }),
  );
  await sql`
    with mine as materialized (
      select place_id, part, period, starts_at from metric_cells
      where claim = ${claim} and not dirty
        and place_id in (select id from metric_places where scope_name = any(${names}::text[]))
      order by place_id, part, period, starts_at
      for update
    )
    update metric_cells c
    set figures = k.figures, histograms = k.histograms, claim = null
    from mine m
    join metric_places p on p.id = m.place_id
    join json_to_recordset(${JSON.stringify(rows)}::json)
      as k (name text, period text, starts_at timestamptz, figures text, histograms text)
      on k.name = p.scope_name and k.period = m.period and k.starts_at = m.starts_at
    where c.place_id = m.place_id and c.part = m.part and c.period = m.period
      and c.starts_at = m.starts_at and c.claim = ${claim} and not c.dirty`.execute(trx);
}
