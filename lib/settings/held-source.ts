import type { Selectable, Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { ConfiguredSourcesTable } from "@/db/schema/access";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { refuseProvisioned } from "@/lib/settings/names";

/** A source of settings. Throws `provisioned` for one of pushline.yaml, `not_found` for none. */
export async function heldSource(
  trx: Transaction<Database>,
  { config }: Pick<Context, "config">,
  name: string,
): Promise<Selectable<ConfiguredSourcesTable>> {
  refuseProvisioned(config, "sources", name);
  const row = await trx
    .selectFrom("configured_sources")
    .selectAll()
    .where("name", "=", name)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  if (!row) throw new Problem("not_found", "There is no source of this name.");
  return row;
}
