import { mergeStatements } from "@/lib/facts/merge";
import type { Noun, Statement } from "@/lib/facts/types";
import type { Reading } from "@/lib/sources/reader";

export function statementsOf(reading: Reading): Statement[] {
  return reading.outcome === "read" ? reading.statements : [];
}

/** The one fact of a noun that these statements make; null while it lacks something. */
export function factOf<N extends Noun>(noun: N, statements: readonly Statement[]) {
  const own = statements.filter((statement) => statement.noun === noun);
  const keys = new Set(own.map(({ key }) => key));
  if (keys.size !== 1)
    throw new Error(`one ${noun} expected, got ${[...keys].join(", ") || "none"}`);
  return mergeStatements(noun, own as never[]);
}
