const hour = 3_600_000;
const week = 7 * 24 * hour;
/** How far back a habit is learnt, from the source's last delivery: while it was silent it had none. */
export const habitMilliseconds = 4 * week;
const shortestHistory = 2 * week;
const fewestHours = 20;
/** Silences up to these many hours in which it usually sends are nothing, whatever its habit. */
const toleratedAtLeast = 2;

/**
 * When a source ought to have been heard from again by its own habit; null while it has
 * none: deliveries in fewer than 20 hours, or over less than two weeks. Each hour of the
 * week counts for the share of those weeks in which something came in it, so that nights
 * and weekends without deliveries count nothing. A silence is as long as the hours it
 * covers count together. It is too long from twice the 99th percentile of the source's own
 * silences, and from 2 at least. `hours` are the beginnings of UTC hours in which something
 * arrived, in order, over the four weeks up to the last; all in epoch milliseconds.
 */
export function expectedBefore(hours: readonly number[]): number | null {
  const first = hours[0];
  const last = hours.at(-1);
  if (first === undefined || last === undefined) return null;
  if (hours.length < fewestHours || last - first < shortestHistory) return null;
  const shares = sharesOf(hours, first, last);
  const tolerated = Math.max(toleratedAtLeast, 2 * percentile(silencesOf(hours, shares), 0.99));
  let at = last + hour;
  for (let missed = 0; ; at += hour) {
    const share = shares[hourOfWeek(at)] ?? 0;
    if (missed + share > tolerated) return at + ((tolerated - missed) / share) * hour;
    missed += share;
  }
}

/** By hour of the week: of the times it came by, the share in which something arrived. */
function sharesOf(hours: readonly number[], first: number, last: number): number[] {
  const active = new Array<number>(168).fill(0);
  for (const at of hours) active[hourOfWeek(at)] = (active[hourOfWeek(at)] ?? 0) + 1;
  const passed = new Array<number>(168).fill(0);
  for (let at = first; at <= last; at += hour)
    passed[hourOfWeek(at)] = (passed[hourOfWeek(at)] ?? 0) + 1;
  return active.map((count, index) => count / Math.max(1, passed[index] ?? 0));
}

/** What the hours between each two with deliveries count together. */
function silencesOf(hours: readonly number[], shares: readonly number[]): number[] {
  return hours.slice(1).map((next, index) => {
    let missed = 0;
    for (let at = (hours[index] ?? next) + hour; at < next; at += hour)
      missed += shares[hourOfWeek(at)] ?? 0;
    return missed;
  });
}

function hourOfWeek(at: number): number {
  return Math.floor(at / hour) % 168;
}

/** Linear between neighbours. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  return below + ((sorted[Math.ceil(place)] ?? below) - below) * (place % 1);
}
