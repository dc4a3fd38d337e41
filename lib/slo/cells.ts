import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { type DayCount, dayText } from "@/lib/slo/hours";
import { byIndicator } from "@/lib/slo/indicators";
import { type Measure, measureKey } from "@/lib/slo/measure";
import { type MissingDay, recountDays } from "@/lib/slo/recount-days";

/** The days that a measure is asked for, both inclusive, by their numbers since the epoch. */
export interface AskedDays {
  measure: Measure;
  first: number;
  last: number;
  /** Of these the hours are needed, too. */
  cut: readonly number[];
}

/** Kept days by their numbers since the epoch. */
export type Days = ReadonlyMap<number, DayCount>;

/** Those of one measure, asked for once however many questions need them. */
interface Wanted extends Omit<AskedDays, "cut"> {
  id: number;
  days: Map<number, DayCount>;
}

/**
 * The kept days of measures, by the measures' keys; what is dirty or not there yet is
 * counted exactly and kept. Open events are in no cell, since time alone changes them.
 */
export async function readSloCells(
  db: Kysely<Database>,
  asked: readonly AskedDays[],
  now: Date,
): Promise<ReadonlyMap<string, Days>> {
  if (asked.length === 0) return new Map();
  const byKey = await wantedByKey(db, asked);
  const wanted = [...byKey.values()];
  await readClean(db, wanted, [...new Set(asked.flatMap(({ cut }) => cut))]);
  const missing = byIndicator(missingDays(wanted), ({ measure }) => measure.indicator);
  for (const [indicator, days] of missing)
    for await (const counted of recountDays(db, indicator, days, now))
      for (const [{ key, day }, count] of counted) byKey.get(key)?.days.set(day, count);
  return new Map([...byKey].map(([key, { days }]) => [key, days]));
}

async function wantedByKey(
  db: Kysely<Database>,
  asked: readonly AskedDays[],
): Promise<Map<string, Wanted>> {
  const byKey = new Map<string, Wanted>();
  for (const { measure, first, last } of asked) {
    const key = measureKey(measure);
    const known = byKey.get(key);
    if (known) {
      known.first = Math.min(known.first, first);
      known.last = Math.max(known.last, last);
    } else byKey.set(key, { measure, first, last, id: 0, days: new Map() });
  }
  const ids = await idsOf(db, byKey);
  for (const [key, wanted] of byKey) wanted.id = ids.get(key) ?? 0;
  return byKey;
}

async function idsOf(
  db: Kysely<Database>,
  byKey: ReadonlyMap<string, Wanted>,
): Promise<Map<string, number>> {
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
      fresh.map(([key, { measure }]) => ({
        key,
        indicator: measure.indicator,
        scope: measure.scope,
        names: [...measure.names],
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

/**
 * A row for each measure, and hours only where a window cuts the day: thousands of
 * rows cost more to take apart than to find.
 */
async function readClean(
  db: Kysely<Database>,
  wanted: readonly Wanted[],
  cut: readonly number[],
): Promise<void> {
  const hoursOf = (column: "hours" | "good_hours") => sql`string_agg(
    case when c.day = any(${cut.map(dayText)}::date[])
      then array_to_string(c.${sql.ref(column)}, ' ') else '' end, ',' order by c.day)`;
  const { rows } = await sql<Row>`
    select asked.place,
      string_agg((c.day - date '1970-01-01')::text, ',' order by c.day) as days,
      string_agg(c.n::text, ',' order by c.day) as n,
      string_agg(c.good::text, ',' order by c.day) as good,
      ${hoursOf("hours")} as hours, ${hoursOf("good_hours")} as good_hours
    from unnest(
      ${wanted.map(({ id }) => id)}::bigint[],
      ${wanted.map(({ first }) => dayText(first))}::date[],
      ${wanted.map(({ last }) => dayText(last))}::date[]
    ) with ordinality as asked (measure_id, first, last, place)
    join slo_cells c on c.measure_id = asked.measure_id
      and c.day between asked.first and asked.last and not c.dirty and c.claim is null
    group by asked.place`.execute(db);
  for (const row of rows) {
    const days = wanted[row.place - 1]?.days;
    const [n, good] = [numbers(row.n), numbers(row.good)];
    const [hours, goodHours] = [row.hours.split(","), row.good_hours.split(",")];
    for (const [index, day] of numbers(row.days).entries())
      days?.set(day, {
        n: n[index] ?? 0,
        good: good[index] ?? 0,
        byHour: hours[index]
          ? { n: numbers(hours[index], " "), good: numbers(goodHours[index] ?? "", " ") }
          : null,
      });
  }
}

/** Lists by day, as text. */
interface Row {
  place: number;
  days: string;
  n: string;
  good: string;
  hours: string;
  good_hours: string;
}

function numbers(list: string, separator = ","): number[] {
  return list.split(separator).map(Number);
}

function missingDays(wanted: readonly Wanted[]): MissingDay[] {
  const missing: MissingDay[] = [];
  for (const { measure, id, first, last, days } of wanted)
    for (let day = first; day <= last; day++)
      if (!days.has(day)) missing.push({ key: measureKey(measure), id, measure, day });
  return missing;
}
