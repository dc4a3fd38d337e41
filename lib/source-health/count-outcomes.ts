import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { answerHeader } from "@/lib/sources/history";

/**
 * Runs an update of deliveries `d` that joins them as they were before, `b`, and keeps
 * the counts of their sources in step: what a delivery came to before is taken off again,
 * so that replays and rebuilds move counts and add none. What we fetched from an API
 * ourselves is no arrival, and counts by its outcome alone. Answers what was updated.
 */
export async function countOutcomes(
  trx: Transaction<Database>,
  update: RawBuilder<unknown>,
): Promise<{ id: number; source: string }[]> {
  const { rows } = await sql<{ id: number; source: string }>`
    with settled as (
      ${update}
      returning d.id, d.source, d.event, d.received_at, ${isFetched("d")} as fetched,
        d.outcome, ${reasonOf("d")} as reason, b.outcome as was, ${reasonOf("b")} as reason_was
    ), deltas as (
      select source, event, received_at, fetched, outcome, reason, 1 as n from settled
      where outcome <> 'pending' and (outcome, reason) is distinct from (was, reason_was)
      union all
      select source, event, received_at, fetched, was, reason_was, -1 from settled
      where was <> 'pending' and (outcome, reason) is distinct from (was, reason_was)
    ), hours as (
      insert into source_hours as h (source, hour, accepted, ignored, failed, last_at)
      select source, date_bin('1 hour', received_at, 'epoch') as hour,
             coalesce(sum(n) filter (where outcome = 'accepted'), 0),
             coalesce(sum(n) filter (where outcome = 'ignored'), 0),
             coalesce(sum(n) filter (where outcome = 'failed'), 0),
             max(received_at)
      from deltas where not fetched
      group by 1, 2 order by 1, 2
      on conflict (source, hour) do update set
        accepted = h.accepted + excluded.accepted,
        ignored = h.ignored + excluded.ignored,
        failed = h.failed + excluded.failed,
        last_at = greatest(h.last_at, excluded.last_at)
    ), days as (
      insert into source_outcomes as o (source, day, event, outcome, reason, deliveries)
      select source, (received_at at time zone 'UTC')::date as day, left(event, 100) as event,
             outcome, reason, sum(n)
      from deltas
      group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (source, day, event, outcome, reason) do update
        set deliveries = o.deliveries + excluded.deliveries
    )
    select id, source from settled order by id`.execute(trx);
  return rows;
}

/** What we asked an API for; some providers' own deliveries are called after APIs too. */
export function isFetched(alias: string): RawBuilder<boolean> {
  return sql`${sql.ref(`${alias}.headers`)} ? ${sql.lit(answerHeader)}`;
}

/** Bounded, as it is part of a key: reasons are words of readers, and few. */
function reasonOf(alias: string): RawBuilder<string> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql`case ${column("outcome")} when 'failed' then coalesce(${column("error_code")}, '')
    when 'ignored' then left(coalesce(${column("error")}, ''), 200) else '' end`;
}
