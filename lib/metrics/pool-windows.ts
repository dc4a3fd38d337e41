import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { Span } from "@/lib/metrics/buckets";
import type { CellContent } from "@/lib/metrics/cell-parts";
import type { FoundCells } from "@/lib/metrics/cells";
import { countEdges, type Edge } from "@/lib/metrics/count-edges";
import { countTallies, emptyTally } from "@/lib/metrics/count-tallies";
import type { Histogram } from "@/lib/metrics/histogram";
import type { Pieces } from "@/lib/metrics/pieces";
import { countsOfPeriod, histogramsOf, stagesOf } from "@/lib/metrics/pool";
import { readPercentiles } from "@/lib/metrics/read-percentiles";
import type { Reading, Wanted } from "@/lib/metrics/reading";
import { addCounts, type Counts, noCounts, type Tally } from "@/lib/metrics/tally";

/** A window taken apart. */
export interface PiecedWindow extends Pieces {
  span: Span;
}

/**
 * Counts add up; percentiles are exact, by the pooled histograms and the rows that they
 * point to; those of stages come from the histograms alone, and say so.
 */
export async function poolWindows(
  db: Kysely<Database>,
  wanted: Wanted,
  windows: readonly PiecedWindow[],
  tallies: FoundCells,
  stages: FoundCells | null,
): Promise<Reading[]> {
  const edgesOf = await readEdges(db, wanted, windows);
  const pooled = windows.map((window) => {
    const edges = edgesOf(window);
    return {
      span: window.span,
      ...pool(
        window.cells.map((cell) => tallies.of(cell)),
        edges,
      ),
      stages:
        stages &&
        stagesOf(
          window.cells.flatMap((cell) => stages.of(cell)),
          edges,
        ),
    };
  });
  const read = await readTallies(db, wanted, pooled);
  return pooled.map((window, index) => ({
    tally: read[index] ?? emptyTally(),
    stages: window.stages,
  }));
}

interface Pooled {
  counts: Counts;
  leadTime: Histogram;
  recovery: Histogram;
}

/** `cells` hold those of all places for each period. */
function pool(cells: readonly CellContent[][], edges: readonly Edge[]): Pooled {
  const counts = noCounts();
  for (const places of cells) addCounts(counts, countsOfPeriod(places));
  for (const edge of edges) addCounts(counts, edge.counts);
  return { counts, ...histogramsOf(cells.flat(), edges) };
}

async function readTallies(
  db: Kysely<Database>,
  { scope, timezone }: Wanted,
  windows: readonly (Pooled & { span: Span })[],
): Promise<Tally[]> {
  const read = (duration: "leadTime" | "recovery") =>
    readPercentiles(
      db,
      duration,
      scope,
      windows.map((window) => ({ span: window.span, histogram: window[duration] })),
    );
  const [leadTimes, recoveries] = [await read("leadTime"), await read("recovery")];
  return Promise.all(
    windows.map(async ({ span, counts }, index) => {
      const [leadTime, recovery] = [leadTimes[index], recoveries[index]];
      if (leadTime && recovery) return { counts, leadTime, recovery, dayBits: 0 };
      const counted = await countTallies(db, { scope, by: "all", spans: [span], timezone });
      return counted.get("")?.[0] ?? emptyTally();
    }),
  );
}

/** What lies at the windows' cut edges; windows share them. */
async function readEdges(
  db: Kysely<Database>,
  { scope, stages }: Wanted,
  windows: readonly PiecedWindow[],
): Promise<(window: PiecedWindow) => Edge[]> {
  const distinct = new Map(
    windows.flatMap(({ edges }) => edges).map((edge) => [nameOf(edge), edge]),
  );
  const counted = await countEdges(db, scope, [...distinct.values()], stages);
  const byName = new Map([...distinct.keys()].map((name, index) => [name, counted[index]]));
  return ({ edges }) => edges.flatMap((edge) => byName.get(nameOf(edge)) ?? []);
}

function nameOf({ start, end }: Span): string {
  return `${start.getTime()} ${end.getTime()}`;
}
