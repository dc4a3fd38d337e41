import { tzOffset } from "@date-fns/tz";

export interface TimeTick {
  at: number;
  label: string;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Steps within a day are durations; from a day on they are calendar units, which daylight saving stretches. */
const steps: readonly ({ ms: number } | { days: number } | { months: number })[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => ({ ms: count * second })),
  ...[1, 2, 5, 10, 15, 30].map((count) => ({ ms: count * minute })),
  ...[1, 2, 3, 6, 12].map((count) => ({ ms: count * hour })),
  ...[1, 2, 7, 14].map((count) => ({ days: count })),
  ...[1, 2, 3, 6, 12, 24, 60, 120].map((count) => ({ months: count })),
];

/**
 * Round times of a zone within a range, both ends included, at most `most` of
 * them, with labels. Aligned to the wall clock of the IANA zone on either side
 * of a change to or from daylight saving.
 */
export function timeTicks(from: number, to: number, timezone: string, most: number): TimeTick[] {
  if (!(to > from) || most < 1) return [];
  const step = steps.find((step) => (to - from) / roughly(step) <= most) ?? { months: 240 };
  const times =
    "ms" in step
      ? clockTimes(from, to, timezone, step.ms)
      : calendarTimes(from, to, timezone, step);
  return times.map((at) => ({ at, label: tickLabel(at, timezone, step) }));
}

/** How many labels fit on an axis of that many pixels. */
export function ticksThatFit(width: number): number {
  return Math.max(2, Math.floor(width / 88));
}

/** Milliseconds to add to an instant to get the zone's wall clock. */
export function zoneOffset(at: number, timezone: string): number {
  return Math.round(tzOffset(timezone, new Date(at)) * minute);
}

function roughly(step: { ms: number } | { days: number } | { months: number }): number {
  if ("ms" in step) return step.ms;
  return "days" in step ? step.days * day : step.months * 30 * day;
}

function clockTimes(from: number, to: number, timezone: string, step: number): number[] {
  const times: number[] = [];
  for (
    let at = nextOnClock(from - 1, timezone, step);
    at <= to;
    at = nextOnClock(at, timezone, step)
  ) {
    times.push(at);
  }
  return times;
}

/** The first instant after another whose wall clock is a multiple of the step. */
function nextOnClock(after: number, timezone: string, step: number): number {
  const offset = zoneOffset(after, timezone);
  const next = nextMultiple(after + offset, step) - offset;
  const offsetThere = zoneOffset(next, timezone);
  if (offsetThere === offset) return next;
  // The clock changed in between: align to the new one, passing over wall times that do not exist.
  let there = nextMultiple(after + offsetThere, step) - offsetThere;
  while (zoneOffset(there, timezone) !== offsetThere) there += step;
  return there;
}

function nextMultiple(value: number, step: number): number {
  return (Math.floor(value / step) + 1) * step;
}

function calendarTimes(
  from: number,
  to: number,
  timezone: string,
  step: { days: number } | { months: number },
): number[] {
  const start = new Date(from + zoneOffset(from, timezone));
  const times: number[] = [];
  for (let index = 0; ; index += 1) {
    const at = localMidnight(calendarDay(start, step, index), timezone);
    if (at > to) return times;
    if (at >= from) times.push(at);
  }
}

/** The index-th round day, as UTC midnight of its date; the 0th is at or before the start. */
function calendarDay(
  start: Date,
  step: { days: number } | { months: number },
  index: number,
): number {
  if ("months" in step) {
    const months = start.getUTCFullYear() * 12 + start.getUTCMonth();
    const first = Math.floor(months / step.months) * step.months;
    const month = first + index * step.months;
    return Date.UTC(Math.floor(month / 12), month % 12);
  }
  const date = Math.floor(start.getTime() / day);
  // 1970 began on a Thursday: shifted by three days, multiples of seven are Mondays.
  const first = Math.floor((date + 3) / step.days) * step.days - 3;
  return (first + index * step.days) * day;
}

/** The instant at which a local date begins; the first one that exists where midnight is skipped. */
function localMidnight(date: number, timezone: string): number {
  const guess = date - zoneOffset(date, timezone);
  const offset = zoneOffset(guess, timezone);
  const at = date - offset;
  return zoneOffset(at, timezone) === offset ? at : Math.max(at, guess);
}

const monthNames = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const dayNames = "Sun Mon Tue Wed Thu Fri Sat".split(" ");

function tickLabel(
  at: number,
  timezone: string,
  step: { ms: number } | { days: number } | { months: number },
): string {
  const local = new Date(at + zoneOffset(at, timezone));
  if ("months" in step) {
    return local.getUTCMonth() === 0 ? `${local.getUTCFullYear()}` : monthName(local);
  }
  if ("days" in step || (local.getTime() % day === 0 && step.ms >= minute))
    return dayOfMonth(local);
  return clock(local, step.ms < minute);
}

/** "14:30:05", or "21 Nov, 14:30" where seconds say nothing. */
export function formatTime(at: number, timezone: string, span: number): string {
  const local = new Date(at + zoneOffset(at, timezone));
  if (span <= 12 * hour) return clock(local, true);
  return `${dayNames[local.getUTCDay()]} ${dayOfMonth(local)}, ${clock(local, span <= 2 * day)}`;
}

/** "Mon 16 Nov", "16 to 22 Nov", "November 2026": a bucket's name in its zone. */
export function formatBucket(from: number, to: number, timezone: string): string {
  const first = new Date(from + zoneOffset(from, timezone));
  const last = new Date(to - 1 + zoneOffset(to - 1, timezone));
  const days = Math.round((last.getTime() - first.getTime()) / day);
  if (days <= 1) return `${dayNames[first.getUTCDay()]} ${dayOfMonth(first)}`;
  if (days >= 28 && first.getUTCDate() === 1)
    return `${monthName(first)} ${first.getUTCFullYear()}`;
  const sameMonth = first.getUTCMonth() === last.getUTCMonth();
  return `${sameMonth ? first.getUTCDate() : dayOfMonth(first)} to ${dayOfMonth(last)}`;
}

function dayOfMonth(local: Date): string {
  return `${local.getUTCDate()} ${monthName(local)}`;
}

function monthName(local: Date): string {
  return monthNames[local.getUTCMonth()] ?? "";
}

function clock(local: Date, seconds: boolean): string {
  return local.toISOString().slice(11, seconds ? 19 : 16);
}
