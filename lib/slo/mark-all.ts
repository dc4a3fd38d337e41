import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { sloCellsLock } from "@/lib/slo/recount-days";

/** After all facts were replaced: every count is made anew, every main branch followed from its beginning. */
export async function markAllSlos(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${sloCellsLock})`.execute(trx);
  await sql`update slo_cells set dirty = true where not dirty`.execute(trx);
  await sql`
    insert into main_branches (repository, branch, dirty_from, marked)
    select distinct repository, branch, timestamptz 'epoch', 1 from builds
    where branch is not null and finished_at is not null
      and coalesce(default_branch, branch in ('main', 'master'))
    on conflict (repository, branch) do update
    set dirty_from = excluded.dirty_from, marked = main_branches.marked + 1`.execute(trx);
  await sql`
    update main_branches set dirty_from = timestamptz 'epoch', marked = marked + 1`.execute(trx);
}
