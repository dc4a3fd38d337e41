import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { Span } from "@/lib/metrics/buckets";
import { type CellContent, countContents } from "@/lib/metrics/cell-parts";
import type { FoundCells } from "@/lib/metrics/cells";
import { countTallies, emptyTally } from "@/lib/metrics/count-tallies";
import type { Pieces } from "@/lib/metrics/pieces";
import type { Places } from "@/lib/metrics/places";
import { countsOfPeriod, histogramsOf, stagesOf } from "@/lib/metrics/pool";
import { readPercentiles } from "@/lib/metrics/read-percentiles";
import type { Wanted } from "@/lib/metrics/reading";
import type { Stages } from "@/lib/metrics/stages";
import { addCounts, noCounts, type Tally } from "@/lib/metrics/tally";

/** A window taken apart. */
export interface PiecedWindow extends Pieces {
  span: Span;
}

/** Counts add up; percentiles are exact, by the pooled histograms and the rows that they point to. */
export async function poolTallies(
  db: Kysely<Database>,
  wanted: Wanted,
  places: Places,
  windows: readonly PiecedWindow[],
  found: FoundCells,
): Promise<Tally[]> {
  const edges = await countEdges(db, wanted, windows, "tally");
  const pooled = windows.map(({ span, cells, edges: own }) => {
    const counts = noCounts();
    const parts = cells.map((cell) => found.of(places, cell));
    parts.push(...own.map((edge) => edges(edge)));
    for (const part of parts) addCounts(counts, countsOfPeriod(part));
    return { span, counts, ...histogramsOf(parts.flat()) };
  });
  const read = (duration: "leadTime" | "recovery") =>
    readPercentiles(
      db,
      duration,
      wanted.scope,
      pooled.map((window) => ({ span: window.span, histogram: window[duration] })),
    );
  const [leadTimes, recoveries] = [await read("leadTime"), await read("recovery")];
  return Promise.all(
    pooled.map(async ({ span, counts }, index) => {
      const [leadTime, recovery] = [leadTimes[index], recoveries[index]];
      if (leadTime && recovery) return { counts, leadTime, recovery, dayBits: 0 };
      return countExactly(db, wanted, span);
    }),
  );
}

/** Sums of n; percentiles from the pooled histograms, which say so. */
export async function poolStages(
  db: Kysely<Database>,
  wanted: Wanted,
  places: Places,
  windows: readonly PiecedWindow[],
  found: FoundCells,
): Promise<Stages[]> {
  const edges = await countEdges(db, wanted, windows, "stages");
  return windows.map(({ cells, edges: own }) =>
    stagesOf([...cells.flatMap((cell) => found.of(places, cell)), ...own.flatMap(edges)]),
  );
}

/** What lies at the windows' cut edges, counted from rows; windows share them. */
async function countEdges(
  db: Kysely<Database>,
  { scope, timezone }: Wanted,
  windows: readonly PiecedWindow[],
  part: "tally" | "stages",
): Promise<(edge: Span) => CellContent[]> {
  const distinct = new Map(
    windows.flatMap(({ edges }) => edges).map((edge) => [nameOf(edge), edge]),
  );
  if (distinct.size === 0) return () => [];
  const spans = [...distinct.values()];
  const question = { scope, by: "all", spans, timezone, withoutPercentiles: true } as const;
  const contents = (await countContents(db, part, question)).get("") ?? [];
  const byName = new Map([...distinct.keys()].map((name, index) => [name, contents[index]]));
  return (edge) => [byName.get(nameOf(edge)) ?? []].flat();
}

async function countExactly(
  db: Kysely<Database>,
  { scope, timezone }: Wanted,
  span: Span,
): Promise<Tally> {
  const counted = await countTallies(db, { scope, by: "all", spans: [span], timezone });
  return counted.get("")?.[0] ?? emptyTally();
}

function nameOf({ start, end }: Span): string {
  return `${start.getTime()} ${end.getTime()}`;
}
