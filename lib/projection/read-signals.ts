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

/**
 * The last sign until `from`, or from it on, that follows none within ten minutes: back
 * from sign to sign, each the first of ten minutes, however long the stream is.
 */
async function quietBefore(
  trx: Transaction<Database>,
  stream: StreamName,
  from: Date,
): Promise<Date> {
  const gap = sql`${groupingGapMs} * interval '1 millisecond'`;
  const { rows } = await sql<{ at: Date | null }>`
    with recursive earlier (at) as (
      select greatest(
        (select max(started_at) from alerts where ${ofStream(stream)} and started_at <= ${from}),
        (select max(opened_at) from declared_incidents
          where ${ofStream(stream)} and opened_at <= ${from}))
      union all
      select before.at
      from earlier cross join lateral (
        select least(
          (select min(started_at) from alerts where ${ofStream(stream)}
            and started_at < earlier.at and started_at >= earlier.at - ${gap}),
          (select min(opened_at) from declared_incidents where ${ofStream(stream)}
            and opened_at < earlier.at and opened_at >= earlier.at - ${gap})) as at
      ) as before
      where before.at is not null
    )
    select min(at) as at from earlier`.execute(trx);
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
    select least(min(r.opened_at), min(named.first)) as first
    from reached r
    cross join lateral (
      select min(a.started_at) filter (where ${ofStream(stream, "a")}) as first from alerts a
      where a.declared_incident is not null
        and a.source || '/' || a.declared_incident = r.key) as named`.execute(trx);
  return rows[0]?.first ?? null;
}
