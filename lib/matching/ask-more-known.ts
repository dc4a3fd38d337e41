import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import type { Occasion } from "@/lib/matching/assess-incident";
import { relationsOf } from "@/lib/matching/read-candidates";

const hour = 3_600_000;
/** As far as a candidate reaches: its incident begins shortly before it, or within a day after. */
const reachBefore = 90_000;
const reachAfter = 24 * hour;

/**
 * Asks for another judgement of every incident, judged already, of which a candidate was told
 * of after `after` and until `until`: deliveries come late and in any order. Answers how many.
 */
export async function askMoreKnown(
  db: Kysely<Database>,
  config: Config,
  { after, until }: { after: Date; until: Date },
): Promise<number> {
  const { rows: told } = await sql<{ service: string; at: Date }>`
    select distinct c.service, c.at
    from deliveries d
    cross join lateral jsonb_to_recordset(d.facts) as fact (type text, id text)
    join lateral (
      select service, coalesce(started_at, at) as at from deployment_reports where id = fact.id
      union all
      select service, at from releases where id = fact.id
    ) as c on true
    where d.projected_at > ${after} and d.projected_at <= ${until}
      and fact.type in ('deployment', 'release')`.execute(db);
  const spans = spansOf(config, told);
  if (spans.length === 0) return 0;
  const occasion: Occasion = "more_known";
  const { rows } = await sql`
    insert into awaited_judgements as a (incident_id, occasion, due_at)
    select distinct i.id, ${occasion}, least(i.first_sign_at, ${until}::timestamptz)
    from unnest(
      ${spans.map(({ service }) => service)}::text[],
      ${spans.map(({ from }) => new Date(from).toISOString())}::timestamptz[],
      ${spans.map(({ to }) => new Date(to).toISOString())}::timestamptz[]
    ) as span (service, since, upto)
    join incidents i on i.service = span.service and i.first_sign_at between span.since and span.upto
    where exists (select from assessments where incident_id = any(i.members))
    on conflict (incident_id, occasion) do update
      set due_at = excluded.due_at, asked = a.asked + 1, tries = 0
    returning 1`.execute(db);
  return rows.length;
}

interface Span {
  service: string;
  from: number;
  to: number;
}

/** When incidents of which services began that these may have caused; none overlaps another. */
function spansOf(config: Config, told: readonly { service: string; at: Date }[]): Span[] {
  const all = told.flatMap(({ service, at }) =>
    [...relationsOf(config, service).keys()].map((name) => ({
      service: name,
      from: at.getTime() - reachBefore,
      to: at.getTime() + reachAfter,
    })),
  );
  all.sort((a, b) => (a.service === b.service ? a.from - b.from : a.service < b.service ? -1 : 1));
  const spans: Span[] = [];
  for (const next of all) {
    const last = spans.at(-1);
    if (last && last.service === next.service && next.from <= last.to)
      last.to = Math.max(last.to, next.to);
    else spans.push({ ...next });
  }
  return spans;
}
