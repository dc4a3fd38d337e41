import { day, hour, minute } from "@/scripts/demo/calendar";

/** A stretch of time that is measured every minute because something went wrong in it. */
export interface Closely {
  from: number;
  to: number;
}

/** Older measurements are kept as a downsampling store would: sums of the whole service. */
const rarely = 4 * hour;

/**
 * The moments at which a service is measured: every minute in its last day and
 * around its incidents, every five in its last week, rarely before.
 */
export function momentsOf(from: number, now: number, closely: Closely[]): number[] {
  const moments: number[] = [];
  const sorted = [...closely].sort((a, b) => a.from - b.from);
  let next = 0;
  for (let at = Math.ceil(from / minute) * minute; at <= now; at += minute) {
    while (sorted[next] && (sorted[next] as Closely).to < at) next++;
    const near = sorted.slice(next).some((stretch) => stretch.from <= at && at <= stretch.to);
    if (near || at % stepAt(now - at) === 0) moments.push(at);
  }
  return moments;
}

function stepAt(age: number): number {
  if (age <= day) return minute;
  if (age <= 7 * day) return 5 * minute;
  return rarely;
}
