import { type Selectable, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { AlertsTable, DeclaredIncidentsTable } from "@/db/schema/signals";
import { groupingGapMs } from "@/lib/deployments/incident-units";
import type { StreamName } from "@/lib/deployments/read-stream";
import { belongsElsewhere, isHeldApart, ofStream } from "@/lib/facts/save-incidents";

/** What the incidents of a stream are made of. */
export interface Signals {
  alerts: Selectable<AlertsTable>[];
  declared: Selectable<DeclaredIncidentsTable>[];
}

/** The signals of a stream from a moment at which none of its incidents reaches back over. */
export async function readSignals(
  trx: Transaction<Database>,
  stream: StreamName,
  since: Date,
): Promise<Signals> {
  const { rows: declared } = await sql<Selectable<DeclaredIncidentsTable>>`
    select * from declared_incidents i where ${ofStream(stream)} and opened_at >= ${since}
    union
    select i.* from alerts a
    join declared_incidents i on i.key = a.source || '/' || a.declared_incident
    where ${ofStream(stream, "a")} and a.started_at >= ${since} and ${isHeldApart}`.execute(trx);
  const { rows: alerts } = await sql<Selectable<AlertsTable>>`
    select a.* from alerts a
    where a.declared_incident is not null
      and a.source || '/' || a.declared_incident = any(${declared.map(({ key }) => key)}::text[])
    union all
    select a.* from alerts a
    where ${ofStream(stream)} and a.started_at >= ${since} and not ${belongsElsewhere}`.execute(
    trx,
  );
  return { alerts, declared };
}

/**
 * The moment at or before `from` at which a stream's incidents may be told anew from:
 * no sign in the ten minutes before it, and no declared incident with signs on both sides.
 */
export async function beginningOfIncidents(
  trx: Transaction<Database>,
  stream: StreamName,
  from: Date,
): Promise<Date> {
  for (let since = from; ; ) {
    const quiet = await quietBefore(trx, stream, since);
    const reached = await firstSignReachedFrom(trx, stream, quiet);
    if (!reached || reached >= quiet) return quiet;
    since = reached;
  }
}

/** The last sign until `from`, or from it on, that follows none within ten minutes. */
async function quietBefore(
  trx: Transaction<Database>,
  stream: StreamName,
  from: Date,
): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`
    select at
    from (
      select at, lead(at) over (order by at desc) as before
      from (
        select started_at as at from alerts where ${ofStream(stream)} and started_at <= ${from}
        union all
        select opened_at from declared_incidents where ${ofStream(stream)} and opened_at <= ${from}
      ) as sign
    ) as sign
    where before is null or at - before > ${groupingGapMs} * interval '1 millisecond'
    order by at desc limit 1`.execute(trx);
  return rows[0]?.at ?? from;
}

/** The first sign of the stream's declared incidents that have one since a moment. */
async function firstSignReachedFrom(
  trx: Transaction<Database>,
  stream: StreamName,
  since: Date,
): Promise<Date | null> {
  const { rows } = await sql<{ first: Date | null }>`
    with reached as (
      select key, opened_at from declared_incidents
      where ${ofStream(stream)} and opened_at >= ${since}
      union
      select i.key, i.opened_at from alerts a
      join declared_incidents i on i.key = a.source || '/' || a.declared_incident
      where ${ofStream(stream, "a")} and ${ofStream(stream, "i")} and a.started_at >= ${since}
    )
    select least(min(r.opened_at), min(a.started_at)) as first
    from reached r
    left join alerts a on a.declared_incident is not null
      and a.source || '/' || a.declared_incident = r.key and ${ofStream(stream, "a")}`.execute(trx);
  return rows[0]?.first ?? null;
}
