import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { type Count, nothing, plus } from "@/lib/slo/budget";
import { burnWindows } from "@/lib/slo/burn-rates";
import { type Days, readSloCells } from "@/lib/slo/cells";
import {
  type DayCount,
  dayMilliseconds,
  dayOf,
  merged,
  splitByHours,
  sumHours,
} from "@/lib/slo/hours";
import { byIndicator, type Indicator } from "@/lib/slo/indicators";
import {
  countBetween,
  type JudgedEvent,
  judgeAll,
  type Measure,
  measureKey,
  type SloEvent,
} from "@/lib/slo/measure";
import { readClosedEvents, readOpenEvents } from "@/lib/slo/read-events";

/** A measure over its rolling window, which ends now. */
export interface CountQuestion {
  measure: Measure;
  windowDays: number;
}

/** What was counted, exactly: of the window, of the burn windows, and of each step of the window. */
export interface SloCounts {
  whole: Count;
  burn: { long: Count; short: Count }[];
  /** Counts [from, to) within the window, in epoch milliseconds. */
  between(from: number, to: number): Count;
}

/** Counts each question from kept days and hours, and from rows where its windows cut an hour. */
export async function countSlos(
  db: Kysely<Database>,
  questions: readonly CountQuestion[],
  now: Date,
): Promise<SloCounts[]> {
  const [cells, events] = await Promise.all([
    readSloCells(
      db,
      questions.map(({ measure, windowDays }) => ({
        measure,
        first: dayOf(begin(now, windowDays)),
        last: dayOf(now),
        cut: cutDays(windowDays, now),
      })),
      now,
    ),
    readLooseEvents(db, questions, now),
  ]);
  return questions.map(({ measure, windowDays }) => {
    const days = cells.get(measureKey(measure)) ?? new Map<number, DayCount>();
    const loose = events.get(measure.indicator);
    const judged = {
      closed: judgeAll(measure, loose?.closed ?? []),
      // What is under way is bad once it took too long, and nothing before that.
      overdue: judgeAll(measure, loose?.open ?? []).filter(({ good }) => !good),
    };
    const between = (from: number, to: number) => countStretch(days, judged, from, to);
    const until = now.getTime();
    return {
      whole: between(begin(now, windowDays), until),
      burn: burnWindows.map(({ windowSeconds, shortWindowSeconds }) => ({
        long: between(until - windowSeconds * 1000, until),
        short: between(until - shortWindowSeconds * 1000, until),
      })),
      between,
    };
  });
}

/** The days in which the window or a burn window begins, and that in which all of them end. */
function cutDays(windowDays: number, now: Date): number[] {
  const begins = burnWindows.flatMap(({ windowSeconds, shortWindowSeconds }) => [
    now.getTime() - windowSeconds * 1000,
    now.getTime() - shortWindowSeconds * 1000,
  ]);
  return [begin(now, windowDays), ...begins, now.getTime()].map(dayOf);
}

function begin(now: Date, windowDays: number): number {
  return now.getTime() - windowDays * dayMilliseconds;
}

interface Loose {
  /** Of the cut pieces alone. */
  closed: readonly SloEvent[];
  open: readonly SloEvent[];
}

async function readLooseEvents(
  db: Kysely<Database>,
  questions: readonly CountQuestion[],
  now: Date,
): Promise<Map<Indicator, Loose>> {
  const groups = byIndicator(questions, ({ measure }) => measure.indicator);
  const read = [...groups].map(async ([indicator, group]): Promise<[Indicator, Loose]> => {
    const measures = group.map(({ measure }) => measure);
    const begins = [...new Set(group.map(({ windowDays }) => begin(now, windowDays)))];
    const pieces = cutPieces(begins, now).map(({ from, to }) => ({
      from: new Date(from),
      to: new Date(to),
    }));
    const window = { from: new Date(Math.min(...begins)), to: now };
    const [closed, open] = await Promise.all([
      readClosedEvents(db, indicator, measures, pieces, now),
      readOpenEvents(db, indicator, measures, window),
    ]);
    return [indicator, { closed, open }];
  });
  return new Map(await Promise.all(read));
}

/** Where any of the windows cuts an hour. */
function cutPieces(begins: readonly number[], now: Date): { from: number; to: number }[] {
  const until = now.getTime();
  const burns = burnWindows.flatMap(({ windowSeconds, shortWindowSeconds }) => [
    until - windowSeconds * 1000,
    until - shortWindowSeconds * 1000,
  ]);
  return merged([...begins, ...burns].flatMap((from) => splitByHours(from, until).pieces));
}

function countStretch(
  days: Days,
  { closed, overdue }: Record<"closed" | "overdue", readonly JudgedEvent[]>,
  from: number,
  to: number,
): Count {
  const { whole, pieces } = splitByHours(from, to);
  let count = whole ? sumHours(days, whole.from, whole.to) : nothing;
  for (const piece of pieces) count = plus(count, countBetween(closed, piece.from, piece.to));
  return overdue.length > 0 ? plus(count, countBetween(overdue, from, to)) : count;
}
