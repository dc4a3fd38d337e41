import { type Count, nothing, plus } from "@/lib/slo/budget";

export const hourMilliseconds = 3_600_000;
export const dayMilliseconds = 24 * hourMilliseconds;

/** A kept day: its count, and where they were read those of its 24 hours, UTC. */
export interface DayCount extends Count {
  byHour: { n: readonly number[]; good: readonly number[] } | null;
}

/** The beginning of the UTC day as its number since the epoch. */
export function dayOf(at: Date | number): number {
  return Math.floor(Number(at) / dayMilliseconds);
}

/** A day as Postgres writes a date. */
export function dayText(day: number): string {
  return new Date(day * dayMilliseconds).toISOString().slice(0, 10);
}

/**
 * What of a stretch [from, to) whole hours cover, and the cut pieces at its ends that
 * they do not; in epoch milliseconds. Empty pieces are left out.
 */
export function splitByHours(
  from: number,
  to: number,
): { whole: { from: number; to: number } | null; pieces: { from: number; to: number }[] } {
  const first = Math.ceil(from / hourMilliseconds) * hourMilliseconds;
  const last = Math.floor(to / hourMilliseconds) * hourMilliseconds;
  if (first >= last) return { whole: null, pieces: from < to ? [{ from, to }] : [] };
  const pieces = [
    { from, to: first },
    { from: last, to },
  ].filter((piece) => piece.from < piece.to);
  return { whole: { from: first, to: last }, pieces };
}

/**
 * Adds up kept days over whole hours [from, to): days inside are taken whole. Throws
 * where a day is cut whose hours were not read.
 */
export function sumHours(days: ReadonlyMap<number, DayCount>, from: number, to: number): Count {
  let sum = nothing;
  for (let day = dayOf(from); day * dayMilliseconds < to; day++) {
    const count = days.get(day);
    if (!count) continue;
    const begins = day * dayMilliseconds;
    if (begins >= from && begins + dayMilliseconds <= to) {
      sum = plus(sum, count);
      continue;
    }
    if (!count.byHour) throw new Error(`The hours of ${dayText(day)} were not read.`);
    const first = Math.max(0, (from - begins) / hourMilliseconds);
    const end = Math.min(24, (to - begins) / hourMilliseconds);
    for (let hour = first; hour < end; hour++)
      sum = plus(sum, { n: count.byHour.n[hour] ?? 0, good: count.byHour.good[hour] ?? 0 });
  }
  return sum;
}

/** Stretches that touch or overlap become one, so that no event is read twice. */
export function merged(
  stretches: readonly { from: number; to: number }[],
): { from: number; to: number }[] {
  const ordered = [...stretches].sort((one, other) => one.from - other.from);
  const result: { from: number; to: number }[] = [];
  for (const stretch of ordered) {
    const last = result.at(-1);
    if (last && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to);
    else result.push({ ...stretch });
  }
  return result;
}
