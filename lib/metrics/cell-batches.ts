import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { type CellPart, countContents } from "@/lib/metrics/cell-parts";
import type { CellKey } from "@/lib/metrics/cells";
import type { CellSpan } from "@/lib/metrics/pieces";
import { type Places, scopeOf } from "@/lib/metrics/places";

/** Cells that are counted in one pass: the same spans of several names in one environment. */
export interface Batch {
  environment: string;
  names: string[];
  spans: CellSpan[];
}

/** What one pass covers at most, so that none takes long. */
const daysAtOnce = 100;

export function batchesOf(keys: readonly CellKey[]): Batch[] {
  const runs = new Map<string, Batch>();
  for (const { environment, name, span } of keys) {
    const slice = Math.floor(span.start.getTime() / (daysAtOnce * 86_400_000));
    const run = JSON.stringify([environment, name, span.period, slice]);
    const known = runs.get(run);
    if (known) known.spans.push(span);
    else runs.set(run, { environment, names: [name], spans: [span] });
  }
  const batches = new Map<string, Batch>();
  for (const { environment, names, spans } of runs.values()) {
    const starts = spans.map(({ period, start }) => [period, start.getTime()]);
    const batch = JSON.stringify([environment, starts]);
    const known = batches.get(batch);
    if (known) known.names.push(...names);
    else batches.set(batch, { environment, names, spans });
  }
  return [...batches.values()];
}

export function countBatch(
  db: Kysely<Database>,
  { by, timezone }: Pick<Places, "by" | "timezone">,
  part: CellPart,
  { names, environment, spans }: Batch,
) {
  const scope = scopeOf(by, names, environment);
  return countContents(db, part, { scope, by, spans, timezone });
}
