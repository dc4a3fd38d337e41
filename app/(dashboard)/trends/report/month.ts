import { TZDate } from "@date-fns/tz";
import { addMonths, startOfMonth } from "date-fns";

/** One calendar month in a zone: `from` inclusive, `to` exclusive, names as `2026-10`. */
export interface ReportMonth {
  name: string;
  title: string;
  from: Date;
  to: Date;
  before: { name: string; title: string; from: Date };
  /** Null where it has not begun. */
  next: string | null;
  /** What is still to come of it is in no figure. */
  isRunning: boolean;
}

/** The month that is named, else the last one that is over. */
export function readMonth(named: string | null, now: Date, timezone: string): ReportMonth {
  const thisMonth = startOfMonth(new TZDate(now, timezone));
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(named ?? "") ?? [];
  const asked = year ? new TZDate(Number(year), Number(month) - 1, 1, timezone) : null;
  // Of a month that has not begun there is no report.
  const start = asked && asked <= thisMonth ? asked : addMonths(thisMonth, -1);
  const end = addMonths(start, 1);
  const before = addMonths(start, -1);
  return {
    name: nameOf(start),
    title: titleOf(start, timezone),
    from: new Date(start.getTime()),
    to: new Date(end.getTime()),
    before: {
      name: nameOf(before),
      title: titleOf(before, timezone),
      from: new Date(before.getTime()),
    },
    next: end <= thisMonth ? nameOf(end) : null,
    isRunning: end > now,
  };
}

function nameOf(start: Date): string {
  return `${String(start.getFullYear()).padStart(4, "0")}-${String(start.getMonth() + 1).padStart(2, "0")}`;
}

function titleOf(start: Date, timezone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    month: "long",
    year: "numeric",
    timeZone: timezone,
  }).format(start.getTime());
}
