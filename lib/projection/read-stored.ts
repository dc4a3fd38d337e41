import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Spoken } from "@/lib/facts/statements";
import { type DeliveryReading, readDelivery, readDeliveryBy } from "@/lib/projection/read-delivery";
import type { Mapping } from "@/lib/sources/mapping-rules";
import { providerNamed } from "@/lib/sources/registry";

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

/**
 * What deliveries say, by their readers as they are now and, where a source has some, by
 * its own rules: those that `db` has, or the `draft` instead of them. Never throws for what
 * a delivery or its reader is at fault for.
 */
export async function readStored(
  db: Kysely<Database>,
  deliveries: readonly StoredDelivery[],
  draft?: Mapping,
): Promise<ReadDelivery[]> {
  const mapped = deliveries.filter(({ provider }) => providerNamed(provider)?.readBy);
  const mappings =
    draft || mapped.length === 0 ? new Map<string, Mapping>() : await readMappings(db, mapped);
  const read: ReadDelivery[] = [];
  for (const delivery of deliveries) {
    const mapping = draft ?? mappings.get(delivery.source);
    read.push({
      delivery: delivery.id,
      reading: mapping
        ? await readDeliveryBy(delivery.provider, inputOf(delivery), mapping)
        : readDelivery(delivery.provider, inputOf(delivery)),
    });
  }
  return read;
}

/** What a reading adds to the statements; nothing, where it is none. */
export function spokenBy({ delivery, reading }: ReadDelivery): Spoken {
  return { delivery, statements: reading.outcome === "read" ? reading.statements : [] };
}

async function readMappings(
  db: Kysely<Database>,
  deliveries: readonly StoredDelivery[],
): Promise<Map<string, Mapping>> {
  const sources = [...new Set(deliveries.map(({ source }) => source))];
  const { rows } = await sql<{ source: string; rules: Mapping }>`
    select source, rules from source_mappings where source = any(${sources}::text[])`.execute(db);
  return new Map(rows.map(({ source, rules }) => [source, rules]));
}

function inputOf({ source, headers, body, received_at: receivedAt }: StoredDelivery) {
  return { source, headers, body, receivedAt };
}
