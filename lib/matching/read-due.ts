import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { AwaitedJudgement } from "@/lib/facts/await-judgements";
import type { IncidentRow } from "@/lib/incidents/incident-answer";
import type { Occasion } from "@/lib/matching/assess-incident";

export interface Due {
  incident: IncidentRow;
  /** All that it waits for at once: one look at it answers them. */
  awaited: (AwaitedJudgement & { occasion: Occasion })[];
}

const incidentsAtOnce = 25;

/**
 * A slice of the incidents that wait for a judgement at `now`, the latest first, which somebody
 * may be looking at; found by the index of what is awaited, however many incidents there are.
 */
export async function readDue(db: Kysely<Database>, now: Date): Promise<Due[]> {
  const { rows } = await sql<IncidentRow & Pick<Due, "awaited">>`
    with latest as (
      select incident_id, due_at from awaited_judgements
      where due_at <= ${now} order by due_at desc, incident_id limit ${incidentsAtOnce}
    ), slice as (
      select incident_id, max(due_at) as due_at from latest group by incident_id
    )
    select i.*, due.awaited
    from slice join incidents i on i.id = slice.incident_id
    cross join lateral (
      select json_agg(json_build_object('occasion', occasion, 'asked', asked, 'tries', tries)
        order by occasion) as awaited
      from awaited_judgements a where a.incident_id = i.id and a.due_at <= ${now}
    ) as due
    where due.awaited is not null
    order by slice.due_at desc, i.id`.execute(db);
  return rows.map(({ awaited, ...incident }) => ({ incident, awaited }));
}
