import type { Span } from "@/lib/metrics/buckets";
import { type CellPeriod, hoursOf, periodAt } from "@/lib/metrics/periods";

/** A calendar period of a zone. */
export interface CellSpan extends Span {
  period: CellPeriod;
}

/** A window taken apart: whole months, weeks and days, and a day that it cuts at either end. */
export interface Pieces {
  cells: CellSpan[];
  cutDays: CutDay[];
}

/** What lies in the window of one day: whole hours where these are kept, and the rest. */
export interface CutDay {
  hours: CellSpan[];
  edges: Span[];
}

/** Takes a window apart so that most of it is counted already, whatever it begins and ends with. */
export function piecesOf({ start, end }: Span, timezone: string, withHours: boolean): Pieces {
  const cutDays: CutDay[] = [];
  const cut = (edge: Span, day: Span) => cutDays.push(cutDay(edge, withHours ? hoursOf(day) : []));
  const first = periodAt(start, "day", timezone);
  let from = start;
  if (first.start < start || first.end > end) {
    from = earlier(first.end, end);
    cut({ start, end: from }, first);
  }
  const last = periodAt(end, "day", timezone);
  const to = later(from, last.start);
  if (to < end) cut({ start: to, end }, last);
  return { cells: cellsBetween(from, to, timezone), cutDays };
}

function cellsBetween(from: Date, to: Date, timezone: string): CellSpan[] {
  const cells: CellSpan[] = [];
  for (let at = from; at < to; ) {
    const cell = longestFrom(at, to, timezone);
    cells.push(cell);
    at = cell.end;
  }
  return cells;
}

/** The longest period that begins there; no week that runs into a month which fits whole. */
function longestFrom(at: Date, to: Date, timezone: string): CellSpan {
  const month = periodAt(at, "month", timezone);
  if (month.start >= at && month.end <= to) return { period: "month", ...month };
  const week = periodAt(at, "week", timezone);
  const isNextWhole = periodAt(month.end, "month", timezone).end <= to;
  const isBefore = week.end <= (isNextWhole ? earlier(month.end, to) : to);
  if (week.start >= at && isBefore) return { period: "week", ...week };
  return { period: "day", ...periodAt(at, "day", timezone) };
}

function cutDay(edge: Span, hours: readonly Span[]): CutDay {
  const inside = hours.filter(({ start, end }) => start >= edge.start && end <= edge.end);
  const [first, last] = [inside[0], inside.at(-1)];
  if (!first || !last) return { hours: [], edges: [edge] };
  const rest = [
    { start: edge.start, end: first.start },
    { start: last.end, end: edge.end },
  ];
  return {
    hours: inside.map((hour) => ({ period: "hour", ...hour })),
    edges: rest.filter(({ start, end }) => start < end),
  };
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}
