import type { Kysely, Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { CellPart } from "@/lib/metrics/cell-parts";
import type { CellKey, FoundCells } from "@/lib/metrics/cells";
import { countMissing, gatherCells } from "@/lib/metrics/gather-cells";
import { knownPlaces } from "@/lib/metrics/known-places";
import { piecesOf } from "@/lib/metrics/pieces";
import type { Places } from "@/lib/metrics/places";
import { stagesOf, tallyOfPeriod } from "@/lib/metrics/pool";
import { type PiecedWindow, poolStages, poolTallies } from "@/lib/metrics/pool-windows";
import { readRows } from "@/lib/metrics/read-rows";
import type { Readings, Wanted } from "@/lib/metrics/reading";
import { recountCells } from "@/lib/metrics/recount-cells";

/**
 * Reads from kept cells. Whole periods are their cells; windows are pooled of months
 * and days, and only their cut edges and the ranked values wanted are read from rows,
 * all in one snapshot. Cells that are dirty or not there are counted first and kept,
 * but for names that nothing was ever told of.
 */
export async function readKept(
  db: Kysely<Database>,
  places: Places,
  wanted: Wanted,
): Promise<Readings> {
  const kept = new Kept(places, wanted);
  const missing: Missing[] = [];
  const readings = await inSnapshot(db, async (trx) => {
    missing.push(...(await kept.gather(trx)));
    return missing.length === 0 ? kept.read(trx) : null;
  });
  if (readings) return readings;
  const known = await knownPlaces(db, places);
  if (known.names.length === 0 || known.environments.length === 0) return readRows(db, wanted);
  for (const { part, keys } of missing)
    await recountCells(db, places, part, keys.filter(isIn(known)));
  const own = new Kept(known, wanted);
  return inSnapshot(db, async (trx) => {
    // What is dirty again by now is counted in the snapshot itself.
    for (const again of await own.gather(trx)) await own.count(trx, again);
    return own.read(trx);
  });
}

function isIn({ names, environments }: Places): (key: CellKey) => boolean {
  const [knownNames, knownEnvironments] = [new Set(names), new Set(environments)];
  return ({ name, environment }) => knownNames.has(name) && knownEnvironments.has(environment);
}

interface Missing {
  part: CellPart;
  keys: CellKey[];
}

function inSnapshot<Result>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  return db.transaction().setIsolationLevel("repeatable read").execute(work);
}

/** One reading of cells: gather them, count what is missing or have it counted, read. */
class Kept {
  readonly #places: Places;
  readonly #wanted: Wanted;
  readonly #windows: PiecedWindow[];
  readonly #parts: CellPart[];
  readonly #found = new Map<CellPart, FoundCells>();

  constructor(places: Places, wanted: Wanted) {
    this.#places = places;
    this.#wanted = wanted;
    this.#windows = wanted.windows.map((span) => ({ span, ...piecesOf(span, wanted.timezone) }));
    this.#parts = wanted.stages ? ["tally", "stages"] : ["tally"];
  }

  async gather(trx: Transaction<Database>): Promise<Missing[]> {
    const missing: Missing[] = [];
    for (const part of this.#parts) {
      const { found, missing: keys } = await gatherCells(trx, this.#gathering(part));
      this.#found.set(part, found);
      if (keys.length > 0) missing.push({ part, keys });
    }
    return missing;
  }

  async count(trx: Transaction<Database>, { part, keys }: Missing): Promise<void> {
    const found = this.#found.get(part);
    if (found) await countMissing(trx, this.#gathering(part), found, keys);
  }

  async read(trx: Transaction<Database>): Promise<Readings> {
    const [places, wanted, windows] = [this.#places, this.#wanted, this.#windows];
    const tallies = this.#found.get("tally");
    if (!tallies) throw new Error("Cells are gathered before they are read.");
    const stages = this.#found.get("stages");
    const pooled = await poolTallies(trx, wanted, places, windows, tallies);
    const staged = stages ? await poolStages(trx, wanted, places, windows, stages) : [];
    return {
      periods: wanted.periods.map((span) => ({
        tally: tallyOfPeriod(tallies.of(places, span)),
        stages: stages ? stagesOf(stages.of(places, span)) : null,
      })),
      windows: pooled.map((tally, index) => ({ tally, stages: staged[index] ?? null })),
    };
  }

  #gathering(part: CellPart) {
    return {
      places: this.#places,
      part,
      periods: this.#wanted.periods,
      pieces: this.#windows.flatMap(({ cells }) => cells),
    };
  }
}
