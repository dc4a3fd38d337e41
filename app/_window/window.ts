/** A stretch of time as the address names it: relative (`from=-24h`, no `to`) or two fixed moments. */
export interface TimeWindow {
  from: Date;
  to: Date;
  /** `-24h` while the window moves with the clock; null once it is fixed. */
  relative: string | null;
}

export const presets = ["-30m", "-1h", "-6h", "-24h", "-7d", "-28d", "-90d"] as const;

const unitMilliseconds: Record<string, number> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * Reads `from` and `to` of an address; what cannot be read falls back to the
 * page's own preset. A moving window ends on a whole step, so that a page asks
 * again a few hundred times per length at most, and server and browser ask alike.
 */
export function readWindow(
  from: string | null | undefined,
  to: string | null | undefined,
  fallback: string,
  now: number,
): TimeWindow {
  const fixedFrom = moment(from);
  const fixedTo = moment(to);
  if (fixedFrom && fixedTo && fixedFrom < fixedTo)
    return { from: fixedFrom, to: fixedTo, relative: null };
  const relative = from && lengthOf(from) !== null ? from : fallback;
  const length = lengthOf(relative) ?? 86_400_000;
  const step = stepOf(length);
  const end = (Math.floor(now / step) + 1) * step;
  return { from: new Date(end - length), to: new Date(end), relative };
}

export function lengthOf(relative: string): number | null {
  const [, count, unit] = /^-(\d{1,4})([mhdw])$/.exec(relative) ?? [];
  const size = unit ? unitMilliseconds[unit] : undefined;
  return count && size && Number(count) > 0 ? Number(count) * size : null;
}

export function stepOf(lengthMilliseconds: number): number {
  const steps = [15_000, 60_000, 300_000, 900_000, 3_600_000];
  return steps.find((step) => lengthMilliseconds / step <= 300) ?? 3_600_000;
}

export function describePreset(relative: string): string {
  const words: Record<string, string> = { m: "minutes", h: "hours", d: "days", w: "weeks" };
  const [, count = "", unit = ""] = /^-(\d+)([mhdw])$/.exec(relative) ?? [];
  const noun = words[unit] ?? "";
  return `Last ${count === "1" ? noun.replace(/s$/, "") : `${count} ${noun}`}`;
}

function moment(text: string | null | undefined): Date | null {
  if (!text) return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}
