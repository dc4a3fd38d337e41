/**
 * The median as DevLake takes it (`percentile_disc(0.5)`): a value that is there, of an even
 * number the lower middle one. Null of nothing.
 */
export function lowerMiddle(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? null;
}
