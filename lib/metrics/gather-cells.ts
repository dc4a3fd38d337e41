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
  parts: readonly CellPart[];
  periods: readonly CellSpan[];
  pieces: readonly CellSpan[];
}

/** A part's clean cells, and the keys of what is dirty or not there. */
export interface Gathered {
  part: CellPart;
  found: FoundCells;
  missing: CellKey[];
}

export async function gatherCells(
  db: Kysely<Database>,
  { places, parts, periods, pieces }: Gathering,
): Promise<Gathered[]> {
  const pooled = distinct(pieces);
  const pooledNames = new Set(pooled.map(nameOf));
  const single = periods.filter((span) => !pooledNames.has(nameOf(span)));
  const isOnePlace = places.names.length * places.environments.length === 1;
  const found = new Map(parts.map((part) => [part, new FoundCells(places)]));
  const questions = parts.flatMap((part) => [
    { part, spans: pooled, withHistograms: true },
    { part, spans: single, withHistograms: !isOnePlace },
  ]);
  await findCells(db, places, questions, (part, ...cell) => found.get(part)?.add(...cell));
  const wanted = [...single, ...pooled];
  return [...found].map(([part, cells]) => ({
    part,
    found: cells,
    missing: cells.missing(wanted),
  }));
}

/** Counts what is missing where one stands, and keeps nothing. */
export async function countMissing(
  db: Kysely<Database>,
  places: Places,
  { part, found, missing }: Gathered,
): Promise<void> {
  for (const batch of batchesOf(missing)) {
    const contents = await countBatch(db, places, part, batch);
    const environment = places.environments.indexOf(batch.environment) * places.names.length;
    for (const name of batch.names)
      batch.spans.forEach(({ period, start }, index) => {
        const content = contents.get(name)?.[index];
        const place = environment + places.names.indexOf(name);
        if (content) found.add(place, period, start.getTime(), content);
      });
  }
}

function distinct(spans: readonly CellSpan[]): CellSpan[] {
  return [...new Map(spans.map((span) => [nameOf(span), span])).values()];
}

function nameOf({ period, start }: CellSpan): string {
  return `${period} ${start.getTime()}`;
}
