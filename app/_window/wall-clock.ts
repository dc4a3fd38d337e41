import { TZDate } from "@date-fns/tz";

/** What a datetime-local field shows for an instant in a zone. */
export function toWallClock(at: Date, timezone: string): string {
  return new TZDate(at, timezone).toISOString().slice(0, 16);
}

/** The instant that a datetime-local field's text means in a zone; null where it cannot be read. */
export function fromWallClock(text: string, timezone: string): Date | null {
  const [, year, month, day, hour, minute] =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined) return null;
  const at = new TZDate(year, month - 1, day ?? 1, hour ?? 0, minute ?? 0, timezone);
  return Number.isNaN(at.getTime()) ? null : new Date(at.getTime());
}
