import { TZDate } from "@date-fns/tz";
import type { Span } from "@/lib/metrics/buckets";

/**
 * The window of the same calendar length that ends where this one begins: as many
 * months before a window of whole months, else as many days and hours on the
 * zone's clocks, so that a week with a day of 23 hours is compared with a week.
 */
export function windowBefore({ start: from, end: to }: Span, timezone: string): Span {
  const start = new TZDate(from.getTime(), timezone);
  const end = new TZDate(to.getTime(), timezone);
  if (isFirstOfMonth(start) && isFirstOfMonth(end)) {
    const months = monthNumber(end) - monthNumber(start);
    const before = new TZDate(start.getFullYear(), start.getMonth() - months, 1, timezone);
    return { start: new Date(before.getTime()), end: from };
  }
  const clock = new Date(2 * clockOf(start) - clockOf(end));
  const before = new TZDate(
    clock.getUTCFullYear(),
    clock.getUTCMonth(),
    clock.getUTCDate(),
    clock.getUTCHours(),
    clock.getUTCMinutes(),
    clock.getUTCSeconds(),
    clock.getUTCMilliseconds(),
    timezone,
  );
  // Within the hour that is put back clocks may go backwards.
  const at = before < start ? before.getTime() : 2 * from.getTime() - to.getTime();
  return { start: new Date(at), end: from };
}

function isFirstOfMonth(local: TZDate): boolean {
  return local.getDate() === 1 && clockOf(local) % 86_400_000 === 0;
}

function monthNumber(local: TZDate): number {
  return local.getFullYear() * 12 + local.getMonth();
}

/** What the zone's clocks show, as if it were UTC. */
function clockOf(local: TZDate): number {
  return Date.UTC(
    local.getFullYear(),
    local.getMonth(),
    local.getDate(),
    local.getHours(),
    local.getMinutes(),
    local.getSeconds(),
    local.getMilliseconds(),
  );
}
