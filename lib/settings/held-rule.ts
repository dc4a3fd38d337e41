import type { Selectable, Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { ConfiguredServicesTable } from "@/db/schema/access";

/** A service's rule as settings have it now; null where they have none. */
export async function heldRule(
  trx: Transaction<Database>,
  name: string,
): Promise<Selectable<ConfiguredServicesTable> | null> {
  const row = await trx
    .selectFrom("configured_services")
    .selectAll()
    .where("name", "=", name)
    .executeTakeFirst();
  return row ?? null;
}
