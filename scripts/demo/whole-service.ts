import type { Requests, Sample } from "@/scripts/demo/metrics";

/**
 * Turns what was counted since the last report into counters that only grow. A
 * counter says nothing of the time between two of its samples that others
 * measured closely: it is reported again, unchanged, where it takes over.
 */
export function newWholeService(): { add(sample: Sample): Sample[] } {
  let totals: Requests[] = [];
  let toldUntil = Number.NEGATIVE_INFINITY;
  return {
    add(sample) {
      const told: Sample[] = [];
      if (totals.length === 0)
        totals = sample.requests.map((one) => ({
          ...one,
          count: 0,
          sumSeconds: 0,
          buckets: one.buckets.map(() => 0),
        }));
      if (toldUntil < sample.from) told.push({ ...sample, to: sample.from, requests: totals });
      totals = totals.map((total, index) => sumOf(total, sample.requests[index]));
      toldUntil = sample.to;
      told.push({ ...sample, requests: totals });
      return told;
    },
  };
}

function sumOf(total: Requests, more: Requests | undefined): Requests {
  if (!more) return total;
  return {
    statusCode: total.statusCode,
    count: total.count + more.count,
    sumSeconds: Number((total.sumSeconds + more.sumSeconds).toFixed(6)),
    buckets: total.buckets.map((count, index) => count + (more.buckets[index] ?? 0)),
  };
}
