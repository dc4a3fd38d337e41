import { sql } from "kysely";
import { Problem } from "@/lib/http/problem";
import { type Bucket, type BucketSize, bucketsOf } from "@/lib/metrics/buckets";
import type { PipelineScope } from "@/lib/pipelines/scope";

export interface TrendQuestion {
  from: Date;
  to: Date;
  bucket: BucketSize;
  timezone: string;
  scope: PipelineScope;
  /** Whether the window of the same length just before is answered too. */
  compare: boolean;
}

/** What is asked is counted row by row, so that the window is bounded. */
const longestDays = 740;
const bucketsAtMost = 400;

/**
 * Every bucket of the question's window. Throws `invalid_field` for an empty window and
 * `range_too_large` above 740 days or 400 buckets.
 */
export function trendBuckets(question: Omit<TrendQuestion, "scope" | "compare">): Bucket[] {
  const { from, to, bucket } = question;
  if (from >= to)
    throw new Problem("invalid_field", "The window is empty.", {
      field: "to",
      expected: "a time after from",
    });
  const days = (to.getTime() - from.getTime()) / 86_400_000;
  if (days > longestDays)
    throw new Problem("range_too_large", `At most ${longestDays} days are answered at once.`, {
      field: "from",
      expected: "a shorter window",
      limit: longestDays,
    });
  if (bucket === "day" && days > bucketsAtMost)
    throw new Problem("range_too_large", `At most ${bucketsAtMost} buckets are answered at once.`, {
      field: "bucket",
      expected: "a larger bucket or a shorter window",
      limit: bucketsAtMost,
    });
  return bucketsOf(question);
}

/** The window of the same length just before. */
export function windowBefore({ from, to }: { from: Date; to: Date }): { from: Date; to: Date } {
  return { from: new Date(2 * from.getTime() - to.getTime()), to: from };
}

/** For width_bucket, which counts from 1. */
export function startsOf(buckets: readonly Bucket[]) {
  return sql`${buckets.map(({ start }) => start.toISOString())}::timestamptz[]`;
}

export function bucketAnswer({ start, end, partial }: Bucket) {
  return { start: start.toISOString(), end: end.toISOString(), partial };
}
