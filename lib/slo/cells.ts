import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { type DayCount, dayMilliseconds, dayText, hourMilliseconds } from "@/lib/slo/hours";
import { byIndicator, type Indicator } from "@/lib/slo/indicators";
import { isGood, type Measure, measureKey, type SloEvent } from "@/lib/slo/measure";
import { readClosedEvents } from "@/lib/slo/read-events";

/** Marking holds it shared, making cells alone: so no cell is born from before a marking. */
export const sloCellsLock = 7_402_012;

/** The days that a measure is asked for, both inclusive, by their numbers since the epoch. */
export interface AskedDays {
  measure: Measure;
  first: number;
  last: number;
}

type Days = Map<number, DayCount>;

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
  const missing = missingDays(asked, kept);
  for (const [day, measures] of missing)
    for (const [indicator, group] of byIndicator(measures, ({ indicator }) => indicator))
      await countDay(db, indicator, group, ids, { day, now, kept });
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
  const keys = asked.map(({ measure }) => measureKey(measure));
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
      ${asked.map(({ first }) => dayText(first))}::date[],
      ${asked.map(({ last }) => dayText(last))}::date[]
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
): Map<number, Measure[]> {
  const missing = new Map<number, Measure[]>();
  for (const { measure, first, last } of asked) {
    const days = kept.get(measureKey(measure));
    for (let day = first; day <= last; day++)
      if (!days?.has(day)) missing.set(day, [...(missing.get(day) ?? []), measure]);
  }
  return missing;
}

/** Cleans first, counts second: a marking that comes in between waits for the row and outlives us. */
async function countDay(
  db: Kysely<Database>,
  indicator: Indicator,
  measures: readonly Measure[],
  ids: ReadonlyMap<string, number>,
  { day, now, kept }: { day: number; now: Date; kept: Map<string, Days> },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const rows = measures.map((measure) => ({ measure, key: measureKey(measure) }));
    await claim(
      trx,
      rows.map(({ key }) => ids.get(key) ?? 0),
      day,
    );
    const from = new Date(day * dayMilliseconds);
    const to = new Date(from.getTime() + dayMilliseconds);
    const events = await readClosedEvents(trx, indicator, measures, [{ from, to }], now);
    const counted = rows.map(({ measure, key }) => ({
      key,
      id: ids.get(key) ?? 0,
      count: countHours(measure, events, from.getTime()),
    }));
    await keep(trx, day, counted);
    for (const { key, count } of counted) kept.get(key)?.set(day, count);
  });
}

async function claim(trx: Transaction<Database>, ids: number[], day: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sloCellsLock})`.execute(trx);
  await sql`
    insert into slo_cells (measure_id, day, dirty)
    select id, ${dayText(day)}::date, false from unnest(${ids}::bigint[]) as wanted (id) order by id
    on conflict (measure_id, day) do update set dirty = false`.execute(trx);
}

async function keep(
  trx: Transaction<Database>,
  day: number,
  counted: readonly { id: number; count: DayCount }[],
): Promise<void> {
  const rows = counted.map(({ id, count }) => ({
    id,
    n: count.n,
    good: count.good,
    hours: count.hours,
    good_hours: count.goodHours,
  }));
  await sql`
    update slo_cells c
    set n = counted.n, good = counted.good, hours = counted.hours, good_hours = counted.good_hours
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as counted (id bigint, n integer, good integer, hours integer[], good_hours integer[])
    where c.measure_id = counted.id and c.day = ${dayText(day)}::date`.execute(trx);
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
