import { type Kysely, sql } from "kysely";

/** How a source fares, counted as it happens: no page counts deliveries to tell. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table source_hours (
      source text not null,
      hour timestamptz not null,
      accepted integer not null default 0,
      ignored integer not null default 0,
      failed integer not null default 0,
      last_at timestamptz,
      /** Requests that did not prove themselves; nothing else is kept of them. */
      refused integer not null default 0,
      refused_at timestamptz,
      primary key (source, hour)
    )`.execute(db);
  await sql`create index source_hours_by_age on source_hours (hour)`.execute(db);
  await sql`
    create table source_outcomes (
      source text not null,
      day date not null,
      event text not null,
      outcome text not null check (outcome in ('accepted', 'ignored', 'failed')),
      /** Why it was ignored, or the code of the failure; empty for what was accepted. */
      reason text not null,
      deliveries integer not null,
      primary key (source, day, event, outcome, reason)
    )`.execute(db);
  await sql`create index source_outcomes_by_age on source_outcomes (day)`.execute(db);
  await sql`
    insert into source_hours (source, hour, accepted, ignored, failed, last_at)
    select source, date_bin('1 hour', received_at, 'epoch'),
           count(*) filter (where outcome = 'accepted'),
           count(*) filter (where outcome = 'ignored'),
           count(*) filter (where outcome = 'failed'), max(received_at)
    from deliveries
    where outcome <> 'pending' and event not like 'api.%' and received_at > now() - interval '92 days'
    group by 1, 2`.execute(db);
  await sql`
    insert into source_outcomes (source, day, event, outcome, reason, deliveries)
    select source, (received_at at time zone 'UTC')::date, left(event, 100), outcome,
           case outcome when 'accepted' then '' when 'failed' then coalesce(error_code, '')
             else left(coalesce(error, ''), 200) end,
           count(*)
    from deliveries
    where outcome <> 'pending' and received_at > now() - interval '92 days'
    group by 1, 2, 3, 4, 5`.execute(db);
}
