import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { countStages } from "@/lib/metrics/count-stages";
import { countTallies, emptyTally } from "@/lib/metrics/count-tallies";
import type { Readings, Wanted } from "@/lib/metrics/reading";

/** Reads exactly from the rows, in one snapshot: for what no cells are kept for. */
export async function readRows(db: Kysely<Database>, wanted: Wanted): Promise<Readings> {
  const { scope, timezone, periods, windows } = wanted;
  const spans = [...periods, ...windows];
  const question = { scope, by: "all", spans, timezone } as const;
  const [tallies, stages] = await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (trx) => [
      (await countTallies(trx, question)).get("") ?? [],
      wanted.stages ? ((await countStages(trx, question)).get("") ?? []) : [],
    ]);
  const readings = spans.map((_, index) => ({
    tally: tallies[index] ?? emptyTally(),
    stages: stages[index] ?? null,
  }));
  return {
    periods: readings.slice(0, periods.length),
    windows: readings.slice(periods.length),
  };
}
