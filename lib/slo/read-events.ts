import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "@/db/schema";
import { eventRows } from "@/lib/slo/event-rows";
import type { Indicator } from "@/lib/slo/indicators";
import type { Measure, SloEvent } from "@/lib/slo/measure";

/** A stretch of time [from, to). */
export interface Stretch {
  from: Date;
  to: Date;
}

/** The closed events of an indicator within stretches that do not overlap, of what these measures choose. */
export async function readClosedEvents(
  db: Kysely<Database>,
  indicator: Indicator,
  measures: readonly Measure[],
  stretches: readonly Stretch[],
  now: Date,
): Promise<SloEvent[]> {
  if (stretches.length === 0 || measures.length === 0) return [];
  // One branch each: joined with a list of stretches, all of history is read once that is cheaper than guessed.
  const { rows } = await sql<SloEvent>`${sql.join(
    stretches.map(
      ({ from, to }) => sql`
        select e.at, e.seconds, e.service, e.team, e.repository
        from (${eventRows(indicator, now)}) as e
        where e.at >= ${from} and e.at < ${to} and not e.open and ${chosenByAny(measures)}`,
    ),
    sql` union all `,
  )}`.execute(db);
  return rows;
}

/** Those still under way that began to count within the stretch; there are never many. */
export async function readOpenEvents(
  db: Kysely<Database>,
  indicator: Indicator,
  measures: readonly Measure[],
  { from, to }: Stretch,
): Promise<SloEvent[]> {
  if (indicator !== "recovery" && indicator !== "main_broken") return [];
  const { rows } = await sql<SloEvent>`
    select e.at, e.seconds, e.service, e.team, e.repository
    from (${eventRows(indicator, to)}) as e
    where e.open and e.at >= ${from} and e.at < ${to} and ${chosenByAny(measures)}`.execute(db);
  return rows;
}

/** The scope of measures as a condition on the rows of events. */
export function chosenByAny(
  measures: readonly Pick<Measure, "scope" | "names">[],
): RawBuilder<unknown> {
  if (measures.some(({ scope }) => scope === "all")) return sql`true`;
  const conditions = (["service", "team", "repository"] as const).flatMap((scope) => {
    const names = measures.filter((each) => each.scope === scope).flatMap(({ names }) => names);
    return names.length > 0 ? [sql`e.${sql.ref(scope)} = any(${[...new Set(names)]}::text[])`] : [];
  });
  return conditions.length > 0 ? sql`(${sql.join(conditions, sql` or `)})` : sql`false`;
}
