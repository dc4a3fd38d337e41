import { TZDate } from "@date-fns/tz";
import {
  addDays,
  addMonths,
  addWeeks,
  differenceInCalendarDays,
  startOfDay,
  startOfMonth,
  startOfWeek,
} from "date-fns";

export type BucketSize = "day" | "week" | "month";

/** One calendar period in a zone: `start` inclusive, `end` exclusive. */
export interface Bucket {
  start: Date;
  end: Date;
  /** Cut by the window's edge: it holds only what lies inside the window. */
  partial: boolean;
}

/**
 * Every calendar bucket that the window [from, to) touches, in order, daylight
 * saving included: a day may have 23 or 25 hours. Weeks start on Monday (ISO 8601).
 */
export function bucketsOf(window: {
  from: Date;
  to: Date;
  bucket: BucketSize;
  timezone: string;
}): Bucket[] {
  const buckets: Bucket[] = [];
  let start = startOfBucket(window.from, window.bucket, window.timezone);
  while (start < window.to) {
    const end = nextBucket(start, window.bucket, window.timezone);
    buckets.push({ start, end, partial: start < window.from || end > window.to });
    start = end;
  }
  return buckets;
}

export function startOfBucket(at: Date, bucket: BucketSize, timezone: string): Date {
  const local = new TZDate(at.getTime(), timezone);
  switch (bucket) {
    case "day":
      return instant(startOfDay(local));
    case "week":
      return instant(startOfWeek(local, { weekStartsOn: 1 }));
    case "month":
      return instant(startOfMonth(local));
  }
}

function nextBucket(start: Date, bucket: BucketSize, timezone: string): Date {
  const local = new TZDate(start.getTime(), timezone);
  switch (bucket) {
    case "day":
      return startOfBucket(addDays(local, 1), bucket, timezone);
    case "week":
      return startOfBucket(addWeeks(local, 1), bucket, timezone);
    case "month":
      return startOfBucket(addMonths(local, 1), bucket, timezone);
  }
}

/**
 * Calendar days between two instants in a zone: whole days count 1 whether they
 * have 23, 24 or 25 hours, cut ones by the share of the day that is inside.
 */
export function calendarDays(from: Date, to: Date, timezone: string): number {
  const whole = differenceInCalendarDays(
    new TZDate(to.getTime(), timezone),
    new TZDate(from.getTime(), timezone),
  );
  return whole + shareOfDay(to, timezone) - shareOfDay(from, timezone);
}

function shareOfDay(at: Date, timezone: string): number {
  const start = startOfBucket(at, "day", timezone);
  const end = nextBucket(start, "day", timezone);
  return (at.getTime() - start.getTime()) / (end.getTime() - start.getTime());
}

function instant(date: Date): Date {
  return new Date(date.getTime());
}
