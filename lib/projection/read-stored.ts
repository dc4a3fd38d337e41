import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { canonicalJson } from "@/lib/facts/canonical";
import type { Spoken } from "@/lib/facts/statements";
import { type DeliveryReading, readDelivery, readDeliveryBy } from "@/lib/projection/read-delivery";
import type { Mapping } from "@/lib/sources/mapping-rules";

/** A stored delivery, ready for its reader. */
export interface StoredDelivery {
  id: number;
  source: string;
  provider: string;
  headers: Record<string, string>;
  body: Buffer;
  received_at: Date;
  outcome: string;
}

export interface ReadDelivery {
  delivery: number;
  reading: DeliveryReading;
}

/** Where the reading of many, which takes time, ends before its end. */
export interface ReadingLimits {
  goesOn?: (last: ReadDelivery) => boolean;
  signal?: AbortSignal;
}

/** The sources' own rules, by the sources' names. */
export type Mappings = ReadonlyMap<string, Mapping>;

/**
 * What deliveries say, by their readers as they are now and by their sources' own rules, where
 * these are given and their provider reads by such. Those take time: after each that was read
 * by them `goesOn` is asked, and once it says no the rest is left out, as is what is being read
 * when `signal` is given. Never throws for what a delivery or its reader is at fault for.
 */
export async function readStored(
  deliveries: readonly StoredDelivery[],
  mappings: Mappings,
  { isTrial = false, goesOn = () => true, signal }: ReadingLimits & { isTrial?: boolean } = {},
): Promise<ReadDelivery[]> {
  const read: ReadDelivery[] = [];
  for (const { id, provider, ...stored } of deliveries) {
    const mapping = mappings.get(stored.source);
    const input = inputOf(stored);
    const reading = mapping
      ? await unlessAborted(readDeliveryBy(provider, input, mapping, isTrial), signal)
      : readDelivery(provider, input);
    if (!reading) break;
    const last = { delivery: id, reading };
    read.push(last);
    if (mapping && !goesOn(last)) break;
  }
  return read;
}

/** Null once the signal is given; what was begun is left to itself. */
function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result | null> {
  if (!signal) return work;
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const leave = () => resolve(null);
    signal.addEventListener("abort", leave);
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}

/** What a reading adds to the statements; nothing, where it is none. */
export function spokenBy({ delivery, reading }: ReadDelivery): Spoken {
  return { delivery, statements: reading.outcome === "read" ? reading.statements : [] };
}

/** The rules that these sources have now, all sources where none are named. */
export async function readMappings(
  db: Kysely<Database>,
  sources: readonly string[] | null = null,
): Promise<Map<string, Mapping>> {
  const { rows } = await sql<{ source: string; rules: Mapping }>`
    select source, rules from source_mappings
    ${sources ? sql`where source = any(${[...sources]}::text[])` : sql``}`.execute(db);
  return new Map(rows.map(({ source, rules }) => [source, rules]));
}

/** Whether a source has the rules now that it was read by. */
export async function hasStill(
  db: Kysely<Database>,
  source: string,
  mappings: Mappings,
): Promise<boolean> {
  const now = (await readMappings(db, [source])).get(source);
  return canonicalJson(now ?? null) === canonicalJson(mappings.get(source) ?? null);
}

type Stored = Omit<StoredDelivery, "id" | "provider">;

function inputOf({ source, headers, body, received_at: receivedAt }: Stored) {
  return { source, headers, body, receivedAt };
}
