import { randomUUID } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import {
  type DayCount,
  dayMilliseconds,
  dayOf,
  dayText,
  hourMilliseconds,
  merged,
} from "@/lib/slo/hours";
import type { Indicator } from "@/lib/slo/indicators";
import { isGood, type Measure, type SloEvent } from "@/lib/slo/measure";
import { readClosedEvents, type Stretch } from "@/lib/slo/read-events";

/** Marking holds it shared to its end, claiming alone and shortly: no marking is under way at a claim. */
export const sloCellsLock = 7_402_012;

/** A measure's day that is to be counted. */
export interface MissingDay {
  /** The measure's, and its id. */
  key: string;
  id: number;
  measure: Measure;
  day: number;
}

/** What is held in memory at a time. */
const daysAtOnce = 7;

/**
 * Counts these days anew, a week at a time, and keeps what was counted. First claimed,
 * then counted, then kept where the claim still stands: whoever changes rows after the
 * claim marks the day, which voids it, and never waits for a count.
 */
export async function* recountDays(
  db: Kysely<Database>,
  indicator: Indicator,
  missing: readonly MissingDay[],
  now: Date,
): AsyncGenerator<[MissingDay, DayCount][]> {
  for (const group of byWeeks(missing)) {
    const claim = randomUUID();
    await db.transaction().execute((trx) => claimDays(trx, group, claim));
    const counted = await countDays(db, indicator, group, now);
    await keep(db, counted, claim);
    yield counted;
  }
}

function byWeeks(missing: readonly MissingDay[]): MissingDay[][] {
  const days = [...new Set(missing.map(({ day }) => day))].sort((one, other) => one - other);
  const groups: MissingDay[][] = [];
  for (let start = 0; start < days.length; start += daysAtOnce) {
    const some = new Set(days.slice(start, start + daysAtOnce));
    groups.push(missing.filter(({ day }) => some.has(day)));
  }
  return groups;
}

async function claimDays(
  trx: Transaction<Database>,
  missing: readonly MissingDay[],
  claim: string,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sloCellsLock})`.execute(trx);
  await sql`
    insert into slo_cells (measure_id, day, dirty, claim)
    select id, day, false, ${claim} from unnest(
      ${missing.map(({ id }) => id)}::bigint[],
      ${missing.map(({ day }) => dayText(day))}::date[]
    ) as wanted (id, day)
    order by id, day
    on conflict (measure_id, day) do update set dirty = false, claim = excluded.claim`.execute(trx);
}

async function countDays(
  db: Kysely<Database>,
  indicator: Indicator,
  missing: readonly MissingDay[],
  now: Date,
): Promise<[MissingDay, DayCount][]> {
  const measures = [...new Set(missing.map(({ measure }) => measure))];
  const events = await readClosedEvents(db, indicator, measures, stretchesOf(missing), now);
  const byDay = new Map<number, SloEvent[]>();
  for (const event of events) {
    const day = dayOf(event.at);
    const known = byDay.get(day);
    if (known) known.push(event);
    else byDay.set(day, [event]);
  }
  return missing.map((each) => [each, countHours(each, byDay.get(each.day) ?? [])]);
}

function stretchesOf(missing: readonly MissingDay[]): Stretch[] {
  const days = missing.map(({ day }) => ({
    from: day * dayMilliseconds,
    to: (day + 1) * dayMilliseconds,
  }));
  return merged(days).map(({ from, to }) => ({ from: new Date(from), to: new Date(to) }));
}

function countHours({ measure, day }: MissingDay, events: readonly SloEvent[]): DayCount {
  const byHour = { n: new Array<number>(24).fill(0), good: new Array<number>(24).fill(0) };
  const count = { n: 0, good: 0, byHour };
  for (const event of events) {
    const isGoodOne = isGood(measure, event);
    if (isGoodOne === null) continue;
    const hour = Math.floor((event.at.getTime() - day * dayMilliseconds) / hourMilliseconds);
    byHour.n[hour] = (byHour.n[hour] ?? 0) + 1;
    count.n += 1;
    if (!isGoodOne) continue;
    byHour.good[hour] = (byHour.good[hour] ?? 0) + 1;
    count.good += 1;
  }
  return count;
}

/** What was marked or claimed by another meanwhile is left as it is. */
async function keep(
  db: Kysely<Database>,
  counted: readonly [MissingDay, DayCount][],
  claim: string,
): Promise<void> {
  const rows = counted.map(([{ id, day }, { n, good, byHour }]) => ({
    id,
    day: dayText(day),
    n,
    good,
    hours: byHour?.n ?? [],
    good_hours: byHour?.good ?? [],
  }));
  await sql`
    with counted as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json)
        as k (id bigint, day date, n integer, good integer, hours integer[], good_hours integer[])
    ),
    held as materialized (
      select c.ctid as place, k.*
      from counted k join slo_cells c on c.measure_id = k.id and c.day = k.day
      where c.claim = ${claim} and not c.dirty
      order by c.measure_id, c.day
      for update of c
    )
    update slo_cells c
    set n = h.n, good = h.good, hours = h.hours, good_hours = h.good_hours, claim = null
    from held h where c.ctid = h.place`.execute(db);
}
