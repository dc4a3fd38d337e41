import type { Time } from "@/lib/facts/types";

const rfc3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):?(\d\d))$/;
const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(2201, 0, 1);
/** Epoch numbers below this are seconds (to the year 5138), above it milliseconds (from 1973). */
const millisecondsFrom = 1e11;

/**
 * A provider's time as UTC with milliseconds. Takes RFC 3339 with an offset
 * (finer fractions are cut) and epoch seconds or milliseconds; null for all
 * else: other formats, times without an offset, days that no calendar has,
 * and years outside 1970–2200, the zero time of Go among them.
 */
export function toTime(value: unknown): Time | null {
  const instant = typeof value === "string" ? fromText(value) : fromEpoch(value);
  return instant !== null && instant > earliest && instant < latest
    ? new Date(instant).toISOString()
    : null;
}

function fromEpoch(value: unknown): number | null {
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  return Math.round(value < millisecondsFrom ? value * 1000 : value);
}

function fromText(text: string): number | null {
  const match = rfc3339.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  const milliseconds = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  const offsetMinutes = Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0);
  if (hour > 23 || minute > 59 || second > 60 || offsetMinutes >= 24 * 60) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  // A leap second is told as the second before it, as most clocks do.
  const instant = date.setUTCHours(hour, minute, Math.min(second, 59), milliseconds);
  return instant - (match[8] === "-" ? -1 : 1) * offsetMinutes * 60_000;
}

/** The latest of some times; null where there is none. */
export function latestTime(times: readonly (Time | null | undefined)[]): Time | null {
  return times.reduce<Time | null>(
    (latest, time) => (time && (!latest || time > latest) ? time : latest),
    null,
  );
}

/** When something became true: the first time that is named, else the delivery's receipt, marked so. */
export function named(
  times: readonly (Time | null | undefined)[],
  receivedAt: Date,
): { asOf: Time; timeFromReceipt?: true } {
  const time = times.find((candidate) => candidate);
  return time ? { asOf: time } : { asOf: receivedAt.toISOString(), timeFromReceipt: true };
}
