import { sql } from "kysely";
import { Problem } from "@/lib/http/problem";
import { type Bucket, type BucketSize, bucketsOf, type WeekStart } from "@/lib/metrics/buckets";
import { windowBefore } from "@/lib/metrics/window-before";
import type { PipelineScope } from "@/lib/pipelines/scope";

export interface TrendQuestion {
  from: Date;
  to: Date;
  bucket: BucketSize;
  timezone: string;
  weekStart: WeekStart;
  scope: PipelineScope;
  /** Whether the window of the same calendar length just before is answered too. */
  compare: boolean;
}

export type Window = Pick<TrendQuestion, "from" | "to">;

/** What is asked is counted row by row, so that the window is bounded. */
const longestDays = 740;
const bucketsAtMost = 400;

/**
 * Every bucket of the question's window. Throws `invalid_field` for an empty window and
 * `range_too_large` above 740 days or 400 buckets.
 */
export function trendBuckets(question: TrendQuestion): Bucket[] {
  refuseWindow(question);
  return bucketsOf(question);
}

/** Throws what trendBuckets throws. */
export function refuseWindow({ from, to, bucket }: Window & { bucket?: BucketSize }): void {
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
}

/** The window of the same calendar length just before; null where none is asked for. */
export function comparedWindow({ from, to, timezone, compare }: TrendQuestion): Window | null {
  if (!compare) return null;
  const { start, end } = windowBefore({ start: from, end: to }, timezone);
  return { from: start, to: end };
}

/** For width_bucket, which counts from 1. */
export function startsOf(buckets: readonly Bucket[]) {
  return sql`${buckets.map(({ start }) => start.toISOString())}::timestamptz[]`;
}

/** The figures of a window by width_bucket's number; null is the total. */
export type FiguresOf<Figures> = (bucket: number | null) => Figures;

/** What every trend answers: the window's figures, its buckets', and those of the window before. */
export function trendAnswer<Figures extends object>(
  { from, to, timezone, bucket }: TrendQuestion,
  buckets: readonly Bucket[],
  figures: FiguresOf<Figures>,
  compared: (Window & { figures: FiguresOf<Figures> }) | null,
) {
  return {
    ...edges({ from, to }),
    timezone,
    bucket,
    total: figures(null),
    ...(compared && { previous: { ...edges(compared), total: compared.figures(null) } }),
    buckets: buckets.map(({ start, end, partial }, index) => ({
      start: start.toISOString(),
      end: end.toISOString(),
      partial,
      ...figures(index + 1),
    })),
  };
}

function edges({ from, to }: Window) {
  return { from: from.toISOString(), to: to.toISOString() };
}
