import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import type { IncidentRow } from "@/lib/incidents/incident-answer";
import type { Occasion } from "@/lib/matching/assess-incident";
import { relationsOf } from "@/lib/matching/read-candidates";

export interface Due {
  incident: IncidentRow;
  occasion: Occasion;
}

const dueAtMost = 25;

/**
 * Incidents that wait for a judgement at `now`: a first one; 5 and 30 minutes
 * after that; one at resolution. Oldest incident first.
 */
export async function readDue(db: Kysely<Database>, now: Date): Promise<Due[]> {
  const { rows } = await sql<IncidentRow & { occasion: Occasion }>`
    with judged as (
      select incident_id, min(assessed_at) filter (where occasion = 'opened') as first_at,
        array_agg(occasion) as occasions
      from assessments group by incident_id
    )
    select i.*, due.occasion
    from incidents i
    left join judged j on j.incident_id = i.id
    cross join lateral (
      select case
        when j.first_at is null then 'opened'
        when i.resolved_at is not null and not 'resolved' = any(j.occasions) then 'resolved'
        when j.first_at <= ${now}::timestamptz - interval '30 minutes'
          and not 'after_30_minutes' = any(j.occasions) then 'after_30_minutes'
        when j.first_at <= ${now}::timestamptz - interval '5 minutes'
          and not 'after_5_minutes' = any(j.occasions) then 'after_5_minutes'
      end as occasion
    ) as due
    where due.occasion is not null
    order by i.opened_at, i.id
    limit ${dueAtMost}`.execute(db);
  return rows.map(({ occasion, ...incident }) => ({ incident, occasion }));
}

/**
 * Incidents already judged for which a deployment or release within the look-back
 * has been told of since `after`: deliveries come late and in any order.
 */
export async function readMoreKnown(
  db: Kysely<Database>,
  config: Config,
  after: Date,
): Promise<IncidentRow[]> {
  const { rows: told } = await sql<{ service: string; at: Date }>`
    select distinct c.service, c.at
    from deliveries d
    cross join lateral jsonb_to_recordset(d.facts) as fact (type text, id text)
    join lateral (
      select service, coalesce(started_at, at) as at from deployments where id = fact.id
      union all
      select service, at from releases where id = fact.id
    ) as c on true
    where d.projected_at > ${after} and fact.type in ('deployment', 'release')`.execute(db);
  if (told.length === 0) return [];
  const reach = told.flatMap(({ service, at }) =>
    [...relationsOf(config, service).keys()].map((name) => ({ name, at })),
  );
  const { rows } = await sql<IncidentRow>`
    select i.* from incidents i
    where exists (select 1 from assessments a where a.incident_id = i.id)
      and exists (
        select 1 from unnest(
          ${reach.map((each) => each.name)}::text[],
          ${reach.map((each) => each.at.toISOString())}::timestamptz[]
        ) as reach (service, at)
        where reach.service = i.service
          and i.first_sign_at between reach.at - interval '90 seconds' and reach.at + interval '24 hours'
      )
    order by i.opened_at, i.id
    limit ${dueAtMost}`.execute(db);
  return rows;
}
