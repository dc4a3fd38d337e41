import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import {
  type ReadDelivery,
  readMappings,
  readStored,
  type StoredDelivery,
} from "@/lib/projection/read-stored";

/** What this rebuild does not read: its source's mapping did not come to an end with it, or with others. */
export interface LeftOut {
  deliveries(): number[];
  /** Other rules: another chance. */
  forget(sources: readonly string[]): void;
  /** What these say by the next generation's rules; those left out are not among them. */
  read(db: Kysely<Database>, deliveries: readonly StoredDelivery[]): Promise<ReadDelivery[]>;
}

/** After so many in a row nothing more is read of the source: each takes as long as a mapping may. */
const unfinishedAtMost = 3;

export function createLeftOut(): LeftOut {
  const sourceOf = new Map<number, string>();
  const inARow = new Map<string, number>();
  return {
    deliveries: () => [...sourceOf.keys()],
    forget(sources) {
      for (const source of sources) inARow.delete(source);
      for (const [id, source] of sourceOf) if (sources.includes(source)) sourceOf.delete(id);
    },
    async read(db, deliveries) {
      const mappings = await readMappings(db);
      const read: ReadDelivery[] = [];
      for (const delivery of deliveries) {
        const { id, source } = delivery;
        const unfinished = inARow.get(source) ?? 0;
        const [one] =
          unfinished < unfinishedAtMost ? await readStored([delivery], mappings) : [undefined];
        if (one && one.reading.outcome !== "unfinished") {
          inARow.delete(source);
          read.push(one);
        } else {
          inARow.set(source, unfinished + 1);
          sourceOf.set(id, source);
        }
      }
      return read;
    },
  };
}
