/** The normal distribution's quantile that leaves 95 % in the middle. */
const z = 1.959963984540054;

/**
 * The 95 % confidence interval of a rate, `part` of `whole`, within 0..1; null where the
 * whole is empty. Wilson's score interval (E. B. Wilson, 1927), which holds for small
 * numbers and rates near 0 and 1 too.
 */
export function wilsonInterval(part: number, whole: number): { low: number; high: number } | null {
  if (whole === 0) return null;
  const rate = part / whole;
  const spread = z * z;
  const middle = rate + spread / (2 * whole);
  const margin = z * Math.sqrt((rate * (1 - rate) + spread / (4 * whole)) / whole);
  const scale = 1 + spread / whole;
  return {
    low: part === 0 ? 0 : Math.max(0, (middle - margin) / scale),
    high: part === whole ? 1 : Math.min(1, (middle + margin) / scale),
  };
}
