import { TZDate } from "@date-fns/tz";
import { startOfDay } from "date-fns";

/** What a calendar can be cut into; weeks by the day that they begin on. */
export type Period = "day" | "week" | "week_sunday" | "week_saturday" | "month";

/** What cells are kept of: hours only where a window cuts their day. */
export type CellPeriod = Period | "hour";

const dayMilliseconds = 86_400_000;
const hourMilliseconds = 3_600_000;
const yearsAtMost = 2_000;
/** Starts of a year's periods by zone: asked of the zone's rules once, not for every bucket. */
const years = new Map<string, readonly number[]>();

/** The period of a zone's calendar that an instant lies in; `end` is the next one's start. */
export function periodAt(at: Date, period: Period, timezone: string): { start: Date; end: Date } {
  // The zone's year may have begun already, or not yet.
  let year = at.getUTCFullYear() + 1;
  let starts = startsOf(year, period, timezone);
  while ((starts[0] ?? 0) > at.getTime()) {
    year -= 1;
    starts = startsOf(year, period, timezone);
  }
  const index = lastNotAfter(starts, at.getTime());
  const end = starts[index + 1] ?? startsOf(year + 1, period, timezone)[0];
  return { start: new Date(starts[index] ?? 0), end: new Date(end ?? 0) };
}

/** The hours of a day, by the clock that runs on when others are put back; an end of less than one is none. */
export function hoursOf(day: { start: Date; end: Date }): { start: Date; end: Date }[] {
  const hours: { start: Date; end: Date }[] = [];
  const last = day.end.getTime() - hourMilliseconds;
  for (let at = day.start.getTime(); at <= last; at += hourMilliseconds)
    hours.push({ start: new Date(at), end: new Date(at + hourMilliseconds) });
  return hours;
}

function startsOf(year: number, period: Period, timezone: string): readonly number[] {
  const name = `${timezone} ${period} ${year}`;
  const known = years.get(name);
  if (known) return known;
  const starts = datesOf(year)
    .filter((date) => isFirstOf(period, date))
    // Noon is there on every day, midnight is not: some zones leap over it.
    .map((date) => new TZDate(year, date.getUTCMonth(), date.getUTCDate(), 12, 0, 0, timezone))
    .map((noon) => startOfDay(noon).getTime());
  const distinct = [...new Set(starts)];
  if (years.size >= yearsAtMost) years.clear();
  years.set(name, distinct);
  return distinct;
}

/** The dates of a year, as UTC midnights. */
function datesOf(year: number): Date[] {
  const first = Date.UTC(year, 0, 1);
  const length = (Date.UTC(year + 1, 0, 1) - first) / dayMilliseconds;
  return Array.from({ length }, (_, index) => new Date(first + index * dayMilliseconds));
}

function isFirstOf(period: Period, date: Date): boolean {
  switch (period) {
    case "day":
      return true;
    case "week":
      return date.getUTCDay() === 1;
    case "week_sunday":
      return date.getUTCDay() === 0;
    case "week_saturday":
      return date.getUTCDay() === 6;
    case "month":
      return date.getUTCDate() === 1;
  }
}

function lastNotAfter(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
