import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { countHistograms, countStageHistograms } from "@/lib/metrics/count-histograms";
import { countStages } from "@/lib/metrics/count-stages";
import { countTallies, emptyTally } from "@/lib/metrics/count-tallies";
import { type Counted, type CountQuestion, namesOf } from "@/lib/metrics/scope";
import { noStages, packStages } from "@/lib/metrics/stages";
import { packTally } from "@/lib/metrics/tally";

/** The stages have cells of their own: few questions ask for them, and counting them costs more. */
export type CellPart = "tally" | "stages";

/** What a cell keeps: its figures, and its durations in histograms, parted by "|". */
export interface CellContent {
  figures: string;
  histograms: string;
}

/** Counts the content of cells exactly, from the rows. */
export async function countContents(
  db: Kysely<Database>,
  part: CellPart,
  question: CountQuestion,
): Promise<Counted<CellContent>> {
  switch (part) {
    case "tally": {
      const [tallies, histograms] = await Promise.all([
        countTallies(db, question),
        countHistograms(db, question),
      ]);
      return join(question, tallies, histograms, (tally) => packTally(tally ?? emptyTally()));
    }
    case "stages": {
      const [histograms, stages] = await Promise.all([
        countStageHistograms(db, question),
        countStages(db, question),
      ]);
      return join(question, stages, histograms, (one) => packStages(one ?? noStages()));
    }
  }
}

function join<Value>(
  question: CountQuestion,
  values: Counted<Value>,
  histograms: Counted<string[]>,
  pack: (value: Value | undefined) => string,
): Counted<CellContent> {
  return new Map(
    namesOf(question).map((name) => [
      name,
      question.spans.map((_, index) => ({
        figures: pack(values.get(name)?.[index]),
        histograms: (histograms.get(name)?.[index] ?? []).join("|"),
      })),
    ]),
  );
}
