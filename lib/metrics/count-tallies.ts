import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { countDeployments } from "@/lib/metrics/count-deployments";
import { countLeadTimes } from "@/lib/metrics/count-lead-times";
import { countReleases } from "@/lib/metrics/count-releases";
import { countTried } from "@/lib/metrics/count-tried";
import { type Counted, type CountQuestion, namesOf } from "@/lib/metrics/scope";
import { noCounts, noPercentiles, type Tally } from "@/lib/metrics/tally";

/** A row of a count: the name and span (from 1) that it is about, and what was counted. */
export interface CountedRow {
  name: string;
  i: number;
  counts?: Partial<Tally["counts"]>;
  leadTime?: Tally["leadTime"];
  recovery?: Tally["recovery"];
  dayBits?: number;
}

/**
 * Counts spans of time exactly from the derived rows. What finished at or after a
 * span's start and before its end is inside; a failure and its recovery count where
 * the failed deployment finished.
 */
export async function countTallies(
  db: Kysely<Database>,
  question: CountQuestion,
): Promise<Counted<Tally>> {
  const tallies = new Map(
    namesOf(question).map((name) => [name, question.spans.map((): Tally => emptyTally())]),
  );
  if (question.spans.length === 0) return tallies;
  const parts = await Promise.all([
    countDeployments(db, question),
    countLeadTimes(db, question),
    countTried(db, question),
    countReleases(db, question),
  ]);
  for (const { name, i, counts, ...rest } of parts.flat()) {
    const tally = tallies.get(name)?.[i - 1];
    if (tally) Object.assign(tally, rest, { counts: { ...tally.counts, ...counts } });
  }
  return tallies;
}

export function emptyTally(): Tally {
  return { counts: noCounts(), leadTime: noPercentiles, recovery: noPercentiles, dayBits: 0 };
}
