import { type Period, periodAt } from "@/lib/metrics/periods";

export type BucketSize = "day" | "week" | "month";
export type WeekStart = "monday" | "sunday" | "saturday";

/** From `start` on, before `end`. */
export interface Span {
  start: Date;
  end: Date;
}

/** One calendar period in a zone: `start` inclusive, `end` exclusive. */
export interface Bucket extends Span {
  /** Cut by the window's edge: it holds only what lies inside the window. */
  partial: boolean;
}

/**
 * Every calendar bucket that the window [from, to) touches, in order, daylight
 * saving included: a day may have 23 or 25 hours. Weeks start on Monday (ISO 8601)
 * unless another day is asked for.
 */
export function bucketsOf(window: {
  from: Date;
  to: Date;
  bucket: BucketSize;
  timezone: string;
  weekStart?: WeekStart;
}): Bucket[] {
  const period = periodOf(window.bucket, window.weekStart);
  const buckets: Bucket[] = [];
  for (let at = window.from; at < window.to; ) {
    const { start, end } = periodAt(at, period, window.timezone);
    buckets.push({ start, end, partial: start < window.from || end > window.to });
    at = end;
  }
  return buckets;
}

export function periodOf(bucket: BucketSize, weekStart: WeekStart = "monday"): Period {
  return bucket === "week" && weekStart !== "monday" ? `week_${weekStart}` : bucket;
}

/**
 * Calendar days between two instants in a zone: whole days count 1 whether they
 * have 23, 24 or 25 hours, cut ones by the share of the day that is inside.
 */
export function calendarDays(from: Date, to: Date, timezone: string): number {
  const first = periodAt(from, "day", timezone);
  const last = periodAt(to, "day", timezone);
  const whole = Math.round((last.start.getTime() - first.start.getTime()) / 86_400_000);
  return whole + shareOf(last, to) - shareOf(first, from);
}

/** How many calendar days lie in a span, wholly or in part. */
export function daysTouched(from: Date, to: Date, timezone: string): number {
  const first = periodAt(from, "day", timezone);
  const last = periodAt(new Date(to.getTime() - 1), "day", timezone);
  return Math.round((last.start.getTime() - first.start.getTime()) / 86_400_000) + 1;
}

function shareOf({ start, end }: Span, at: Date): number {
  return (at.getTime() - start.getTime()) / (end.getTime() - start.getTime());
}
