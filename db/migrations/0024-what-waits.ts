import { type Kysely, sql } from "kysely";

/**
 * Judgements that are still to be made, kept by what writes incidents, so that nobody goes
 * through all incidents to find those that are due; and what mappings read apart from the rest.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table awaited_judgements (
      incident_id text not null references incidents (id) on delete cascade,
      occasion text not null,
      due_at timestamptz not null,
      /** Raised whenever it is asked for, so that what is asked for meanwhile is not lost. */
      asked integer not null default 1,
      /** How often judging failed since. */
      tries integer not null default 0,
      primary key (incident_id, occasion)
    )`.execute(db);
  await sql`create index awaited_judgements_by_time on awaited_judgements (due_at desc, incident_id)`.execute(
    db,
  );
  // Due in the past wherever clocks differ; the latest first, which somebody is looking at.
  await sql`
    create function judgements_awaited(incident incidents) returns table (occasion text, due_at timestamptz)
    language sql stable as $$
      select awaited.occasion, awaited.due_at
      from (
        select min(assessed_at) filter (where a.occasion = 'opened') as first_at,
          coalesce(array_agg(a.occasion), '{}') as made,
          coalesce(bool_or(a.incident_id = incident.id), false) as is_own
        from assessments a where a.incident_id = any(incident.members || incident.id)
      ) as judged
      cross join lateral (values
        ('opened', least(incident.first_sign_at, now()), first_at is null),
        ('after_5_minutes', first_at + interval '5 minutes', first_at is not null),
        ('after_30_minutes', first_at + interval '30 minutes', first_at is not null),
        ('resolved', least(incident.resolved_at, now()), incident.resolved_at is not null),
        ('regrouped', least(incident.first_sign_at, now()), first_at is not null and not is_own)
      ) as awaited (occasion, due_at, is_called_for)
      where is_called_for and not awaited.occasion = any(made)
    $$`.execute(db);
  await sql`
    create function await_judgements() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into awaited_judgements (incident_id, occasion, due_at)
        select new.id, occasion, due_at from judgements_awaited(new)
        on conflict do nothing;
        return null;
      end if;
      if new.resolved_at is null then
        delete from awaited_judgements where incident_id = new.id and occasion = 'resolved';
      elsif old.resolved_at is null then
        insert into awaited_judgements (incident_id, occasion, due_at)
        values (new.id, 'resolved', least(new.resolved_at, now()))
        on conflict (incident_id, occasion) do update
          set due_at = excluded.due_at, asked = awaited_judgements.asked + 1, tries = 0;
      end if;
      -- One more alert of a sender that is heard already is no other incident; before the first
      -- judgement there is none by the old members.
      if (not old.members <@ new.members
          or not jsonb_path_query_array(new.sources, '$[*].source')
            <@ jsonb_path_query_array(old.sources, '$[*].source'))
        and exists (select from assessments where incident_id = any(old.members || new.members))
      then
        insert into awaited_judgements (incident_id, occasion, due_at)
        values (new.id, 'regrouped', least(new.first_sign_at, now()))
        on conflict (incident_id, occasion) do update
          set due_at = excluded.due_at, asked = awaited_judgements.asked + 1, tries = 0;
      end if;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger incidents_await_judgements after insert or update on incidents
    for each row execute function await_judgements()`.execute(db);
  await sql`
    insert into awaited_judgements (incident_id, occasion, due_at)
    select i.id, awaited.occasion, awaited.due_at
    from incidents i cross join lateral judgements_awaited(i) as awaited`.execute(db);

  await sql`drop index deliveries_pending`.execute(db);
  await sql`
    create index deliveries_pending on deliveries (id)
    where outcome = 'pending' and provider <> 'mapping'`.execute(db);
  await sql`
    create index deliveries_pending_mapped on deliveries (source, id)
    where outcome = 'pending' and provider = 'mapping'`.execute(db);
}
