import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { Span } from "@/lib/metrics/buckets";
import type { FoundCells } from "@/lib/metrics/cells";
import { countEdges, type Edge, emptyEdge } from "@/lib/metrics/count-edges";
import { countTallies, emptyTally } from "@/lib/metrics/count-tallies";
import type { Histogram } from "@/lib/metrics/histogram";
import type { CellSpan, CutDay, Pieces } from "@/lib/metrics/pieces";
import { countsOfPeriod, histogramsOf, poolStages } from "@/lib/metrics/pool";
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
  const edgeAt = await readEdges(db, wanted, windows);
  const pooled = windows.map(({ span, cells, cutDays }) => {
    const periods = [...cells, ...cutDays.flatMap(({ hours }) => hours)];
    const edges = cutDays.flatMap((day) => day.edges.map(edgeAt));
    return {
      span,
      counts: countsOf(cells, cutDays, tallies, edgeAt),
      ...histogramsOf(
        periods.flatMap((cell) => tallies.of(cell)),
        edges,
      ),
      stages:
        stages &&
        poolStages(
          periods.flatMap((cell) => stages.of(cell)),
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

function countsOf(
  cells: readonly CellSpan[],
  cutDays: readonly CutDay[],
  tallies: FoundCells,
  edgeAt: (edge: Span) => Edge,
): Counts {
  const counts = noCounts();
  for (const cell of cells) addCounts(counts, countsOfPeriod(tallies.of(cell)));
  for (const { hours, edges } of cutDays) {
    const day = noCounts();
    for (const hour of hours) addCounts(day, countsOfPeriod(tallies.of(hour)));
    for (const edge of edges) addCounts(day, edgeAt(edge).counts);
    addCounts(counts, { ...day, deploymentDays: day.deployments > 0 ? 1 : 0 });
  }
  return counts;
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
): Promise<(edge: Span) => Edge> {
  const all = windows.flatMap(({ cutDays }) => cutDays.flatMap(({ edges }) => edges));
  const distinct = new Map(all.map((edge) => [nameOf(edge), edge]));
  const counted = await countEdges(db, scope, [...distinct.values()], stages);
  const byName = new Map([...distinct.keys()].map((name, index) => [name, counted[index]]));
  return (edge) => byName.get(nameOf(edge)) ?? emptyEdge();
}

function nameOf({ start, end }: Span): string {
  return `${start.getTime()} ${end.getTime()}`;
}
