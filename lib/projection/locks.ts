import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";

/**
 * One projector at a time writes facts, whichever process it lives in: two that
 * merge the same fact at once would each miss the other's statements. Held
 * until the transaction ends; a rebuild's schema has a lock of its own.
 */
export async function holdProjection(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('pushline projection ' || current_schema(), 0))`.execute(
    trx,
  );
}

/**
 * Claims one stream until the transaction ends; false when another worker has
 * it. A lock on the streams row would keep projection from marking it meanwhile.
 */
export async function claimStream(
  trx: Transaction<Database>,
  service: string,
  environment: string,
): Promise<boolean> {
  const { rows } = await sql<{ claimed: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(
      json_build_array('pushline stream', current_schema(), ${service}::text, ${environment}::text)::text, 0
    )) as claimed`.execute(trx);
  return rows[0]?.claimed ?? false;
}

/** Derivations hold the generation shared; the swap of a rebuild holds it alone. */
export async function shareGeneration(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended('pushline generation ' || current_schema(), 0))`.execute(
    trx,
  );
}

export async function holdGeneration(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('pushline generation ' || current_schema(), 0))`.execute(
    trx,
  );
}

/** Claims what a source has sent, to read it by the source's own rules; false when another worker has it. */
export async function claimSource(trx: Transaction<Database>, source: string): Promise<boolean> {
  const { rows } = await sql<{ claimed: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(
      json_build_array('pushline source', current_schema(), ${source}::text)::text, 0
    )) as claimed`.execute(trx);
  return rows[0]?.claimed ?? false;
}
