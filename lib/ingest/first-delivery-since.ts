import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";

/**
 * The id of the first delivery received at or after a moment; null where there is
 * none. Ids rise with time (to within a commit), so halving the range of ids finds
 * it without an index of times, which every delivery would pay for.
 */
export async function firstDeliverySince(db: Kysely<Database>, at: Date): Promise<number | null> {
  const { rows } = await sql<{ id: number | null }>`
    with recursive search (low, high) as (
      select min(id), max(id) + 1 from deliveries
      union all
      select case when is_earlier then middle + 1 else low end,
             case when is_earlier then high else middle end
      from search
      cross join lateral (select (low + high) / 2 as middle) as halved
      cross join lateral (
        select received_at < ${at} as is_earlier from deliveries
        where id >= middle order by id limit 1
      ) as looked
      where low < high
    )
    select min(d.id) as id
    from search join lateral (
      select id from deliveries where id >= low order by id limit 1
    ) as d on true
    where low = high`.execute(db);
  return rows[0]?.id ?? null;
}
