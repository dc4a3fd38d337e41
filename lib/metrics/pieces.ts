import type { Span } from "@/lib/metrics/buckets";
import { type Period, periodAt } from "@/lib/metrics/periods";

/** A calendar period of a zone. */
export interface CellSpan extends Span {
  period: Period;
}

/** A window taken apart: whole months and days, and what is left at its two edges. */
export interface Pieces {
  cells: CellSpan[];
  edges: Span[];
}

/** Takes a window apart so that most of it is counted already, whatever it begins and ends with. */
export function piecesOf({ start, end }: Span, timezone: string): Pieces {
  const edges: Span[] = [];
  const first = periodAt(start, "day", timezone);
  let from = start;
  if (first.start < start || first.end > end) {
    from = earlier(first.end, end);
    edges.push({ start, end: from });
  }
  const last = periodAt(end, "day", timezone);
  const to = later(from, last.start);
  if (to < end) edges.push({ start: to, end });
  return { cells: cellsBetween(from, to, timezone), edges };
}

function cellsBetween(from: Date, to: Date, timezone: string): CellSpan[] {
  const cells: CellSpan[] = [];
  for (let at = from; at < to; ) {
    const month = periodAt(at, "month", timezone);
    const isWhole = month.start >= at && month.end <= to;
    const cell: CellSpan = isWhole
      ? { period: "month", ...month }
      : { period: "day", ...periodAt(at, "day", timezone) };
    cells.push(cell);
    at = cell.end;
  }
  return cells;
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}
