import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { Statement } from "@/lib/facts/types";
import { outcomeOf } from "@/lib/projection/outcomes";
import { readMappings, readStored, spokenBy } from "@/lib/projection/read-stored";
import { compareFacts, type FactChange } from "@/lib/projection/replay/compare-facts";
import { type ChangedReading, changedReadings } from "@/lib/projection/replay/compare-readings";
import { countKept, keptBefore } from "@/lib/projection/replay/kept-deliveries";
import type { Mapping } from "@/lib/sources/mapping-rules";

/** What a replay would do, as far as it was looked. */
export interface ReplayPreview {
  /** Deliveries that are kept of the source, and how many of them, the newest, were read. */
  kept: number;
  looked: number;
  /** Of those: how many would come to something else, by what they came to before and would. */
  outcomes: { from: string; to: string; deliveries: number }[];
  changes: FactChange[];
}

/** What changed is held in memory until facts are compared. */
const changedAtMost = 20_000;

/**
 * Reads the newest deliveries of a source again, by its rules as they are or by a `draft` of
 * them, and tells which facts would differ, everything else staying as it is. Writes nothing,
 * holds no lock, lets others work between its batches, and begins none after so many
 * milliseconds.
 */
export async function previewReplay(
  db: Kysely<Database>,
  source: string,
  {
    draft,
    atMost,
    milliseconds = Number.POSITIVE_INFINITY,
  }: { draft?: Mapping; atMost: number; milliseconds?: number },
  onLooked: (deliveries: number, kept: number) => void = () => undefined,
): Promise<ReplayPreview> {
  const { total: kept, newest } = await countKept(db, source);
  const outcomes = new Map<string, ReplayPreview["outcomes"][number]>();
  const instead = new Map<number, readonly Statement[]>();
  const begun = performance.now();
  const goesOn = () => performance.now() - begun < milliseconds;
  const mappings = draft ? new Map([[source, draft]]) : await readMappings(db, [source]);
  let looked = 0;
  let before = newest + 1;
  while (looked < atMost && instead.size < changedAtMost) {
    if (looked > 0 && !goesOn()) break;
    const deliveries = (await keptBefore(db, source, before)).slice(0, atMost - looked);
    const read = await readStored(deliveries, mappings, { isTrial: true, goesOn });
    const last = read.at(-1);
    if (!last) break;
    const changed = await changedReadings(db, read);
    for (const one of changed) {
      count(outcomes, one);
      if (one.saysElse) instead.set(one.delivery, spokenBy(one).statements);
    }
    looked += read.length;
    before = last.delivery;
    onLooked(looked, kept);
  }
  return {
    kept,
    looked,
    outcomes: [...outcomes.values()],
    changes: await compareFacts(db, instead),
  };
}

function count(
  outcomes: Map<string, ReplayPreview["outcomes"][number]>,
  { delivery, before, reading }: ChangedReading,
): void {
  const from = before.outcome;
  const { outcome: to } = outcomeOf(delivery, reading);
  const key = `${from} ${to}`;
  const counted = outcomes.get(key) ?? { from, to, deliveries: 0 };
  outcomes.set(key, { ...counted, deliveries: counted.deliveries + 1 });
}
