import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";

/** Marks every stream that anything stands in for derivation from its beginning. */
export async function markEveryStream(trx: Transaction<Database>): Promise<void> {
  await sql`
    insert into streams (service, environment, dirty_from, marked)
    select service, environment, timestamptz 'epoch', 1
    from (
      select service, environment from deployments
      union select service, environment from releases
      union select coalesce(service, ''), coalesce(environment, '') from alerts
      union select coalesce(service, ''), coalesce(environment, '') from declared_incidents
      union select service, environment from streams
    ) as present
    order by service, environment
    on conflict (service, environment) do update
    set dirty_from = excluded.dirty_from, marked = streams.marked + 1`.execute(trx);
}
