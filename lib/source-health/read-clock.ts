import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { SourceHealthAnswer } from "@/lib/http/source-health-answers";
import { isFetched } from "@/lib/source-health/count-outcomes";

const deliveriesAtMost = 300;

/**
 * How many seconds after the latest time that they name the newest deliveries of a source
 * arrived: the way here and the difference of the clocks in one, so that the least is
 * nearest to the latter. Of the newest 300 those that name a time; null where none does.
 */
export async function readClock(
  db: Kysely<Database>,
  source: string,
): Promise<SourceHealthAnswer["clock"]> {
  const { rows } = await sql<Clock>`
    with lags as (
      select extract(epoch from d.received_at - s.told)::float8 as seconds
      from (
        select id, received_at, outcome, headers from deliveries
        where source = ${source} order by id desc limit ${deliveriesAtMost}
      ) d
      cross join lateral (
        select max(as_of::timestamptz) as told from statements
        where delivery_id = d.id and not time_from_receipt
      ) s
      where d.outcome = 'accepted' and not ${isFetched("d")} and s.told is not null
    )
    select count(*) as n, percentile_cont(0.5) within group (order by seconds) as "medianSeconds",
           min(seconds) as "leastSeconds", max(seconds) as "mostSeconds"
    from lags`.execute(db);
  const [clock] = rows;
  return clock && clock.n > 0 ? clock : null;
}

type Clock = NonNullable<SourceHealthAnswer["clock"]>;
