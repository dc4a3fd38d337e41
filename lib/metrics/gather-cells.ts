import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { batchesOf, countBatch } from "@/lib/metrics/cell-batches";
import type { CellPart } from "@/lib/metrics/cell-parts";
import { type CellKey, FoundCells, findCells } from "@/lib/metrics/cells";
import type { CellSpan } from "@/lib/metrics/pieces";
import type { Places } from "@/lib/metrics/places";

/** Periods are answered as they are, pieces are pooled, for which their histograms are read. */
export interface Gathering {
  places: Places;
  part: CellPart;
  periods: readonly CellSpan[];
  pieces: readonly CellSpan[];
}

/** The clean cells, and the keys of what is dirty or not there. */
export async function gatherCells(
  db: Kysely<Database>,
  { places, part, periods, pieces }: Gathering,
): Promise<{ found: FoundCells; missing: CellKey[] }> {
  const found = new FoundCells();
  const pooled = distinct(pieces);
  const pooledNames = new Set(pooled.map(nameOf));
  const single = periods.filter((span) => !pooledNames.has(nameOf(span)));
  const isOnePlace = places.names.length * places.environments.length === 1;
  await findCells(db, found, { places, part, spans: pooled }, true);
  await findCells(db, found, { places, part, spans: single }, !isOnePlace);
  return { found, missing: found.missing({ places, spans: [...single, ...pooled] }) };
}

/** Counts what is missing where one stands, and keeps nothing. */
export async function countMissing(
  db: Kysely<Database>,
  { places, part }: Gathering,
  found: FoundCells,
  missing: readonly CellKey[],
): Promise<void> {
  for (const batch of batchesOf(missing)) {
    const contents = await countBatch(db, places, part, batch);
    for (const name of batch.names)
      batch.spans.forEach(({ period, start }, index) => {
        const content = contents.get(name)?.[index];
        if (content) found.add(name, batch.environment, period, start.getTime(), content);
      });
  }
}

function distinct(spans: readonly CellSpan[]): CellSpan[] {
  return [...new Map(spans.map((span) => [nameOf(span), span])).values()];
}

function nameOf({ period, start }: CellSpan): string {
  return `${period} ${start.getTime()}`;
}
