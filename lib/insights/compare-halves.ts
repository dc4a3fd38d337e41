import type { Comparison, SizeClass } from "@/lib/http/insight-answers";
import { wilsonInterval } from "@/lib/metrics/interval";

/** Below this many deployments on either side a difference would be chance as likely as not. */
const fewestOfHalf = 20;

/**
 * The smaller half of what was deployed against the larger one, split between two
 * classes where the halves come closest to equal. One fails more often only where the
 * 95 % intervals of the two rates do not overlap, which is stricter than a test at 5 %.
 */
export function compareHalves(classes: readonly SizeClass[]): Comparison {
  const all = classes.reduce((sum, { n }) => sum + n, 0);
  let best = 0;
  let below = 0;
  let unevenness = Number.POSITIVE_INFINITY;
  for (const [index, { n }] of classes.entries()) {
    if (index > 0 && Math.abs(all - 2 * below) < unevenness) {
      unevenness = Math.abs(all - 2 * below);
      best = index;
    }
    below += n;
  }
  const smaller = pooled(classes.slice(0, best));
  const larger = pooled(classes.slice(best));
  return {
    verdict: verdictOf(smaller, larger),
    at: all === 0 ? null : (classes[best]?.from ?? null),
    smaller,
    larger,
  };
}

type Rated = Comparison["smaller"];

function pooled(classes: readonly SizeClass[]): Rated {
  const n = classes.reduce((sum, each) => sum + each.n, 0);
  const failed = classes.reduce((sum, each) => sum + each.failed, 0);
  return rated(n, failed);
}

/** A fail rate with its n and interval. */
export function rated(n: number, failed: number): Rated {
  return { n, failed, rate: n === 0 ? null : failed / n, interval: wilsonInterval(failed, n) };
}

function verdictOf(smaller: Rated, larger: Rated): Comparison["verdict"] {
  if (smaller.n < fewestOfHalf || larger.n < fewestOfHalf) return "too_few";
  if (!smaller.interval || !larger.interval) return "too_few";
  if (larger.interval.low > smaller.interval.high) return "larger_fails_more";
  return larger.interval.high < smaller.interval.low ? "larger_fails_less" : "no_difference";
}
