import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { CellPart } from "@/lib/metrics/cell-parts";
import type { CellKey, FoundCells } from "@/lib/metrics/cells";
import { countMissing, type Gathered, gatherCells } from "@/lib/metrics/gather-cells";
import { knownPlaces } from "@/lib/metrics/known-places";
import { piecesOf } from "@/lib/metrics/pieces";
import type { Places } from "@/lib/metrics/places";
import { stagesOfPeriod, tallyOfPeriod } from "@/lib/metrics/pool";
import { type PiecedWindow, poolWindows } from "@/lib/metrics/pool-windows";
import { readRows } from "@/lib/metrics/read-rows";
import type { Readings, Wanted } from "@/lib/metrics/reading";
import { recountCells } from "@/lib/metrics/recount-cells";

/**
 * Reads from kept cells. Whole periods are their cells; windows are pooled of months, weeks,
 * days and hours; only their cut edges and the ranked values wanted are read from
 * rows, all in one snapshot. Cells that are dirty or not there are counted first and kept,
 * but for names that nothing was ever told of.
 */
export async function readKept(
  db: Kysely<Database>,
  places: Places,
  wanted: Wanted,
): Promise<Readings> {
  const kept = new Kept(places, wanted);
  const missing: Gathered[] = [];
  const readings = await inSnapshot(db, async (trx) => {
    const gathered = await kept.gather(trx);
    missing.push(...gathered.filter((part) => part.missing.length > 0));
    return missing.length === 0 ? kept.read(trx, gathered) : null;
  });
  if (readings) return readings;
  const known = await knownPlaces(db, places);
  if (known.names.length === 0 || known.environments.length === 0) return readRows(db, wanted);
  for (const { part, missing: keys } of missing)
    await recountCells(db, places, part, keys.filter(isIn(known)));
  const own = new Kept(known, wanted);
  return inSnapshot(db, async (trx) => {
    const gathered = await own.gather(trx);
    // What is dirty again by now is counted in the snapshot itself.
    for (const part of gathered) await countMissing(trx, known, part);
    return own.read(trx, gathered);
  });
}

function isIn({ names, environments }: Places): (key: CellKey) => boolean {
  const [knownNames, knownEnvironments] = [new Set(names), new Set(environments)];
  return ({ name, environment }) => knownNames.has(name) && knownEnvironments.has(environment);
}

function inSnapshot<Result>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (trx) => {
      // All of it is few rows by an index. A planner whose statistics are older than the
      // rows may think otherwise: starting its workers alone takes longer than the reading.
      await sql`
        select set_config('max_parallel_workers_per_gather', '0', true),
          set_config('enable_seqscan', 'off', true)`.execute(trx);
      return work(trx);
    });
}

/** One reading of cells: gather them, count what is missing or have it counted, read. */
class Kept {
  readonly #places: Places;
  readonly #wanted: Wanted;
  readonly #windows: PiecedWindow[];

  constructor(places: Places, wanted: Wanted) {
    this.#places = places;
    this.#wanted = wanted;
    const { names, environments, by } = places;
    // A service's rows of a day are few: cells of its hours would be more.
    const withHours = by !== "service" && names.length * environments.length === 1;
    this.#windows = wanted.windows.map((span) => ({
      span,
      ...piecesOf(span, wanted.timezone, withHours),
    }));
  }

  gather(trx: Transaction<Database>): Promise<Gathered[]> {
    return gatherCells(trx, {
      places: this.#places,
      parts: this.#wanted.stages ? ["tally", "stages"] : ["tally"],
      periods: this.#wanted.periods,
      pieces: this.#windows.flatMap(({ cells, cutDays }) => [
        ...cells,
        ...cutDays.flatMap(({ hours }) => hours),
      ]),
    });
  }

  async read(trx: Transaction<Database>, gathered: readonly Gathered[]): Promise<Readings> {
    const tallies = foundOf(gathered, "tally");
    if (!tallies) throw new Error("Cells are gathered before they are read.");
    const stages = foundOf(gathered, "stages");
    const windows = await poolWindows(trx, this.#wanted, this.#windows, tallies, stages);
    return {
      periods: this.#wanted.periods.map((span) => ({
        tally: tallyOfPeriod(tallies.of(span)),
        stages: stages ? stagesOfPeriod(stages.of(span)) : null,
      })),
      windows,
    };
  }
}

function foundOf(gathered: readonly Gathered[], part: CellPart): FoundCells | null {
  return gathered.find((one) => one.part === part)?.found ?? null;
}
