import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { DeliveryOutcome } from "@/lib/projection/outcomes";

/** Keeps what became of these deliveries in the next generation, which has then read them. */
export async function keepOutcomes(
  trx: Transaction<Database>,
  outcomes: readonly DeliveryOutcome[],
): Promise<void> {
  const columns = sql`id, outcome, error_code, error, facts`;
  await sql`
    insert into rebuilt (${columns})
    select ${columns} from json_populate_recordset(null::rebuilt, ${JSON.stringify(outcomes)}::json)`.execute(
    trx,
  );
}

/** The next generation has not read these: they are read anew, each with the others it touches. */
export async function forgetOutcomes(
  trx: Transaction<Database>,
  deliveries: readonly number[],
): Promise<void> {
  await sql`delete from rebuilt where id = any(${[...deliveries]}::bigint[])`.execute(trx);
}
