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
import { byIndicator, type Indicator } from "@/lib/slo/indicators";
import { isGood, type Measure, measureKey, type SloEvent } from "@/lib/slo/measure";
import { readClosedEvents, type Stretch } from "@/lib/slo/read-events";

/** Marking holds it shared, making cells alone: so no cell is born from before a marking. */
export const sloCellsLock = 7_402_012;

/** The days that a measure is asked for, both inclusive, by their numbers since the epoch. */
export interface AskedDays {
  measure: Measure;
  first: number;
  last: number;
}

type Days = Map<number, DayCount>;
interface Missing {
  key: string;
  id: number;
  measure: Measure;
  day: number;
}

/** So many days are counted in one transaction, during which nothing can be marked. */
const daysAtOnce = 7;

/**
 * The kept days of measures, by the measures' keys; what is dirty or not there yet is
 * counted exactly and kept. Open events are in no cell, since time alone changes them.
 */
export async function readSloCells(
  db: Kysely<Database>,
  asked: readonly AskedDays[],
  now: Date,
): Promise<Map<string, Days>> {
  if (asked.length === 0) return new Map();
  const ids = await idsOf(
    db,
    asked.map(({ measure }) => measure),
  );
  const kept = await readClean(db, asked, ids);
  for (const [indicator, missing] of byIndicator(
    missingDays(asked, kept, ids),
    ({ measure }) => measure.indicator,
  ))
    for (const group of byDays(missing))
      for (const [{ key, day }, count] of await countMissing(db, indicator, group, now))
        kept.get(key)?.set(day, count);
  return kept;
}

async function idsOf(
  db: Kysely<Database>,
  measures: readonly Measure[],
): Promise<Map<string, number>> {
  const byKey = new Map(measures.map((measure) => [measureKey(measure), measure]));
  const known = await db
    .selectFrom("slo_measures")
    .select(["key", "id"])
    .where(sql<boolean>`key = any(${[...byKey.keys()]}::text[])`)
    .execute();
  const ids = new Map(known.map(({ key, id }) => [key, id]));
  const fresh = [...byKey].filter(([key]) => !ids.has(key));
  if (fresh.length === 0) return ids;
  const made = await db
    .insertInto("slo_measures")
    .values(
      fresh.map(([key, { indicator, scope, names }]) => ({
        key,
        indicator,
        scope,
        names: [...names],
      })),
    )
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet((row) => ({ key: row.ref("excluded.key") })),
    )
    .returning(["key", "id"])
    .execute();
  for (const { key, id } of made) ids.set(key, id);
  return ids;
}

async function readClean(
  db: Kysely<Database>,
  asked: readonly AskedDays[],
  ids: ReadonlyMap<string, number>,
): Promise<Map<string, Days>> {
  const spans = new Map<string, { first: number; last: number }>();
  for (const { measure, first, last } of asked) {
    const key = measureKey(measure);
    const known = spans.get(key) ?? { first, last };
    spans.set(key, { first: Math.min(known.first, first), last: Math.max(known.last, last) });
  }
  const keys = [...spans.keys()];
  const days = [...spans.values()];
  const { rows } = await sql<{
    key: string;
    day: string;
    n: number;
    good: number;
    hours: number[];
    good_hours: number[];
  }>`
    select asked.key, c.day, c.n, c.good, c.hours, c.good_hours
    from unnest(
      ${keys}::text[],
      ${keys.map((key) => ids.get(key) ?? 0)}::bigint[],
      ${days.map(({ first }) => dayText(first))}::date[],
      ${days.map(({ last }) => dayText(last))}::date[]
    ) as asked (key, measure_id, first, last)
    join slo_cells c on c.measure_id = asked.measure_id
      and c.day between asked.first and asked.last and not c.dirty`.execute(db);
  const kept = new Map<string, Days>(keys.map((key) => [key, new Map()]));
  for (const row of rows)
    kept.get(row.key)?.set(Date.parse(row.day) / dayMilliseconds, {
      n: row.n,
      good: row.good,
      hours: row.hours,
      goodHours: row.good_hours,
    });
  return kept;
}

function missingDays(
  asked: readonly AskedDays[],
  kept: ReadonlyMap<string, Days>,
  ids: ReadonlyMap<string, number>,
): Missing[] {
  const missing = new Map<string, Missing>();
  for (const { measure, first, last } of asked) {
    const key = measureKey(measure);
    for (let day = first; day <= last; day++)
      if (!kept.get(key)?.has(day))
        missing.set(`${key} ${day}`, { key, id: ids.get(key) ?? 0, measure, day });
  }
  return [...missing.values()];
}

function byDays(missing: readonly Missing[]): Missing[][] {
  const days = [...new Set(missing.map(({ day }) => day))].sort((one, other) => one - other);
  const groups: Missing[][] = [];
  for (let start = 0; start < days.length; start += daysAtOnce) {
    const some = new Set(days.slice(start, start + daysAtOnce));
    groups.push(missing.filter(({ day }) => some.has(day)));
  }
  return groups;
}

/** Cleans first, counts second: a marking that comes in between waits for the row and outlives us. */
async function countMissing(
  db: Kysely<Database>,
  indicator: Indicator,
  missing: readonly Missing[],
  now: Date,
): Promise<[Missing, DayCount][]> {
  return db.transaction().execute(async (trx) => {
    await claim(trx, missing);
    const events = await readClosedEvents(
      trx,
      indicator,
      missing.map(({ measure }) => measure),
      stretchesOf(missing),
      now,
    );
    const byDay = new Map<number, SloEvent[]>();
    for (const event of events) {
      const day = dayOf(event.at);
      const known = byDay.get(day);
      if (known) known.push(event);
      else byDay.set(day, [event]);
    }
    const counted = missing.map((each): [Missing, DayCount] => [
      each,
      countHours(each.measure, byDay.get(each.day) ?? [], each.day * dayMilliseconds),
    ]);
    await keep(trx, counted);
    return counted;
  });
}

function stretchesOf(missing: readonly Missing[]): Stretch[] {
  const days = missing.map(({ day }) => ({
    from: day * dayMilliseconds,
    to: (day + 1) * dayMilliseconds,
  }));
  return merged(days).map(({ from, to }) => ({ from: new Date(from), to: new Date(to) }));
}

async function claim(trx: Transaction<Database>, missing: readonly Missing[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sloCellsLock})`.execute(trx);
  await sql`
    insert into slo_cells (measure_id, day, dirty)
    select id, day, false from unnest(
      ${missing.map(({ id }) => id)}::bigint[],
      ${missing.map(({ day }) => dayText(day))}::date[]
    ) as wanted (id, day)
    order by id, day
    on conflict (measure_id, day) do update set dirty = false`.execute(trx);
}

async function keep(
  trx: Transaction<Database>,
  counted: readonly [Missing, DayCount][],
): Promise<void> {
  const rows = counted.map(([{ id, day }, count]) => ({
    id,
    day: dayText(day),
    n: count.n,
    good: count.good,
    hours: count.hours,
    good_hours: count.goodHours,
  }));
  await sql`
    update slo_cells c
    set n = counted.n, good = counted.good, hours = counted.hours, good_hours = counted.good_hours
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as counted (id bigint, day date, n integer, good integer, hours integer[], good_hours integer[])
    where c.measure_id = counted.id and c.day = counted.day`.execute(trx);
}

function countHours(measure: Measure, events: readonly SloEvent[], begins: number): DayCount {
  const hours = new Array<number>(24).fill(0);
  const goodHours = new Array<number>(24).fill(0);
  let n = 0;
  let good = 0;
  for (const event of events) {
    const isGoodOne = isGood(measure, event);
    if (isGoodOne === null) continue;
    const hour = Math.floor((event.at.getTime() - begins) / hourMilliseconds);
    hours[hour] = (hours[hour] ?? 0) + 1;
    n += 1;
    if (!isGoodOne) continue;
    goodHours[hour] = (goodHours[hour] ?? 0) + 1;
    good += 1;
  }
  return { n, good, hours, goodHours };
}
