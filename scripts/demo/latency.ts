/** Upper bounds in seconds: the shop's view of http.server.request.duration, close where its p95s lie. */
export const latencyBounds = [0.025, 0.05, 0.1, 0.15, 0.25, 0.4, 0.6, 1, 2.5];

/**
 * How many of `count` requests fall under each bound and above the last, when
 * their durations are log-normal around the median; and their sum in seconds.
 */
export function bucketsOf(
  count: number,
  medianSeconds: number,
  spread: number,
): { buckets: number[]; sumSeconds: number } {
  const buckets: number[] = [];
  let below = 0;
  for (const bound of latencyBounds) {
    const under = Math.round(count * shareUnder(bound, medianSeconds, spread));
    buckets.push(under - below);
    below = under;
  }
  buckets.push(count - below);
  return {
    buckets,
    sumSeconds: Number((count * medianSeconds * Math.exp(spread ** 2 / 2)).toFixed(6)),
  };
}

function shareUnder(bound: number, median: number, spread: number): number {
  const z = Math.log(bound / median) / spread;
  return 0.5 * (1 + errorFunction(z / Math.SQRT2));
}

/** Abramowitz and Stegun 7.1.26: within 1.5e-7. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const polynomial =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - polynomial * Math.exp(-x * x));
}
