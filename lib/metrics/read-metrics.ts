import type { Context } from "@/lib/context";
import type { FiguresAnswer, MetricsAnswer } from "@/lib/http/figure-answers";
import { Problem } from "@/lib/http/problem";
import {
  type BucketSize,
  bucketsOf,
  periodOf,
  type Span,
  type WeekStart,
} from "@/lib/metrics/buckets";
import { type Calendar, calendarOf, calendarOfPeriod, figuresOf } from "@/lib/metrics/figures";
import { readFigures } from "@/lib/metrics/read-figures";
import type { Reading } from "@/lib/metrics/reading";
import type { MetricScope } from "@/lib/metrics/scope";
import { scopeInReach } from "@/lib/metrics/scope-in-reach";
import { windowBefore } from "@/lib/metrics/window-before";

export interface MetricsQuestion {
  from: Date;
  to: Date;
  bucket: BucketSize;
  timezone: string;
  scope: MetricScope;
  weekStart?: WeekStart;
  /** With the window of the same calendar length just before. */
  compare?: "previous";
  /** With the stages of lead time and recovery. */
  stages?: boolean;
}

const bucketsAtMost = 1_500;

/**
 * The five metrics of a window, in total and per calendar bucket, over what the
 * actor reaches. Throws `range_too_large` above 1,500 buckets, `invalid_field` for
 * an empty window, and `not_found` for a scope outside of the actor's reach.
 */
export async function readMetrics(
  context: Context,
  asked: MetricsQuestion,
): Promise<MetricsAnswer> {
  refuseBadWindow(asked);
  const scope = await scopeInReach(context, asked.scope);
  const { from, to, timezone, bucket, stages = false } = asked;
  const total = { start: from, end: to };
  const before = asked.compare ? windowBefore(total, timezone) : null;
  const period = periodOf(bucket, asked.weekStart);
  const buckets = bucketsOf(asked);
  const [whole, cut] = [false, true].map((isCut) => buckets.filter((one) => one.partial === isCut));
  const readings = await readFigures(context.db, {
    scope,
    timezone,
    periods: (whole ?? []).map((span) => ({ period, ...span })),
    windows: [total, ...(before ? [before] : []), ...(cut ?? []).map((one) => clip(one, total))],
    stages,
  });
  const windows = readings.windows.values();
  const periods = readings.periods.values();
  const next = (from: Iterator<Reading>, calendar: Calendar) =>
    answerOf(from.next().value, calendar);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    timezone,
    bucket,
    definition: "pushline",
    total: next(windows, calendarOf(total, timezone)),
    ...(before && {
      previous: { ...textsOf(before), total: next(windows, calendarOf(before, timezone)) },
    }),
    buckets: buckets.map((one) => ({
      start: one.start.toISOString(),
      end: one.end.toISOString(),
      partial: one.partial,
      ...(one.partial
        ? next(windows, calendarOf(clip(one, total), timezone))
        : next(periods, calendarOfPeriod(one))),
    })),
  };
}

function answerOf(reading: Reading | undefined, calendar: Calendar): FiguresAnswer {
  if (!reading) throw new Error("Everything that is asked for is read.");
  return figuresOf(reading.tally, calendar, reading.stages);
}

function textsOf({ start, end }: Span): { from: string; to: string } {
  return { from: start.toISOString(), to: end.toISOString() };
}

export function refuseBadWindow({
  from,
  to,
  bucket,
}: Pick<MetricsQuestion, "from" | "to" | "bucket">): void {
  if (from >= to)
    throw new Problem("invalid_field", "The window is empty.", {
      field: "to",
      expected: "a time after from",
    });
  const shortestDays = { day: 1, week: 7, month: 28 }[bucket];
  const days = (to.getTime() - from.getTime()) / 86_400_000;
  if (days / shortestDays > bucketsAtMost)
    throw new Problem("range_too_large", `At most ${bucketsAtMost} buckets are answered at once.`, {
      field: "bucket",
      expected: "a larger bucket or a shorter window",
      limit: bucketsAtMost,
    });
}

function clip(bucket: Span, window: Span): Span {
  return {
    start: bucket.start < window.start ? window.start : bucket.start,
    end: bucket.end > window.end ? window.end : bucket.end,
  };
}
