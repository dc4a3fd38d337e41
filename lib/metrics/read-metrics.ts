import type { Context } from "@/lib/context";
import type { MetricsAnswer } from "@/lib/http/figure-answers";
import { Problem } from "@/lib/http/problem";
import { type Bucket, type BucketSize, bucketsOf, calendarDays } from "@/lib/metrics/buckets";
import { readCells } from "@/lib/metrics/cells";
import { figuresOf, type Tally } from "@/lib/metrics/figures";
import { readTallies } from "@/lib/metrics/read-tallies";
import type { MetricScope } from "@/lib/metrics/scope";
import { scopeInReach } from "@/lib/metrics/scope-in-reach";

export interface MetricsQuestion {
  from: Date;
  to: Date;
  bucket: BucketSize;
  timezone: string;
  scope: MetricScope;
}

const bucketsAtMost = 1_500;

/**
 * The five metrics of a window, in total and per calendar bucket, over what the
 * actor reaches. Throws `range_too_large` above 1,500 buckets, `invalid_field` for
 * an empty window, and `not_found` for a scope outside of the actor's reach.
 */
export async function readMetrics(
  context: Context,
  asked: MetricsQuestion,
): Promise<MetricsAnswer> {
  refuseBadWindow(asked);
  const question = { ...asked, scope: await scopeInReach(context, asked.scope) };
  const { from, to, timezone, bucket } = question;
  const buckets = bucketsOf(question);
  const [{ total }, tallies] = await Promise.all([
    readTallies(context.db, question.scope, question, []),
    bucketTallies(context, question, buckets),
  ]);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    timezone,
    bucket,
    definition: "pushline",
    total: figuresOf(total, calendarDays(from, to, timezone)),
    buckets: buckets.flatMap((period) => {
      const tally = tallies.get(period.start.getTime());
      if (!tally) return [];
      const inside = clip(period, question);
      return {
        start: period.start.toISOString(),
        end: period.end.toISOString(),
        partial: period.partial,
        ...figuresOf(tally, calendarDays(inside.from, inside.to, timezone)),
      };
    }),
  };
}

function refuseBadWindow({ from, to, bucket }: MetricsQuestion): void {
  if (from >= to)
    throw new Problem("invalid_field", "The window is empty.", {
      field: "to",
      expected: "a time after from",
    });
  const shortestDays = { day: 1, week: 7, month: 28 }[bucket];
  const days = (to.getTime() - from.getTime()) / 86_400_000;
  if (days / shortestDays > bucketsAtMost)
    throw new Problem("range_too_large", `At most ${bucketsAtMost} buckets are answered at once.`, {
      field: "bucket",
      expected: "a larger bucket or a shorter window",
      limit: bucketsAtMost,
    });
}

/** Whole buckets come from their cells; those that the window cuts are counted as cut. */
async function bucketTallies(
  context: Context,
  question: MetricsQuestion,
  buckets: Bucket[],
): Promise<Map<number, Tally>> {
  const whole = buckets.filter((bucket) => !bucket.partial);
  const cells = whole.length > 0 ? await readCells(context.db, question, whole) : [];
  if (cells) {
    const cut = buckets.filter((bucket) => bucket.partial);
    const cutTallies = await Promise.all(cut.map((bucket) => countOne(context, question, bucket)));
    return new Map([...byStart(whole, cells), ...byStart(cut, cutTallies)]);
  }
  const counted = await readTallies(context.db, question.scope, question, buckets);
  return new Map(byStart(buckets, counted.buckets));
}

async function countOne(
  context: Context,
  question: MetricsQuestion,
  bucket: Bucket,
): Promise<Tally> {
  const window = { ...clip(bucket, question), timezone: question.timezone };
  return (await readTallies(context.db, question.scope, window, [])).total;
}

function clip(bucket: Bucket, window: { from: Date; to: Date }): { from: Date; to: Date } {
  return {
    from: bucket.start < window.from ? window.from : bucket.start,
    to: bucket.end > window.to ? window.to : bucket.end,
  };
}

function byStart(buckets: Bucket[], tallies: Tally[]): [number, Tally][] {
  return buckets.flatMap((bucket, index) => {
    const tally = tallies[index];
    return tally ? [[bucket.start.getTime(), tally] as [number, Tally]] : [];
  });
}
