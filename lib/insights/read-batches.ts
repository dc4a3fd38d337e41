import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import type { BatchesAnswer, SizeClass } from "@/lib/http/insight-answers";
import { type BatchMeasure, batchValues, deploymentsSampled } from "@/lib/insights/batch-rows";
import { compareHalves, rated } from "@/lib/insights/compare-halves";
import { type InsightQuestion, within } from "@/lib/insights/rows";
import { refuseBadWindow } from "@/lib/metrics/read-metrics";
import { scopeInReach } from "@/lib/metrics/scope-in-reach";

const hour = 3_600;
const day = 24 * hour;

/** Where each class begins; the last one has no end. */
const starts: Record<BatchMeasure, readonly number[]> = {
  changes: [0, 1, 2, 4, 8, 16, 32],
  lines: [0, 10, 50, 200, 500, 2_000],
  branchAge: [0, 4 * hour, day, 2 * day, 4 * day, 7 * day, 14 * day],
};

/**
 * How the size of what is deployed, in changes and lines, and the age of its branches
 * (first commit → merge, of the oldest in a deployment, in seconds) go with the change
 * fail rate. Sizes are of all deployments of the window, lines and branches of the newest
 * 5,000. Rates 0..1 with n and interval. Throws
 * what `readMetrics` does of a window in months.
 */
export async function readBatches(
  context: Context,
  asked: InsightQuestion,
): Promise<BatchesAnswer> {
  refuseBadWindow({ ...asked, bucket: "month" });
  const question = { ...asked, scope: await scopeInReach(context, asked.scope) };
  const [size, lines, branchAge] = await Promise.all([
    count(context.db, question, "changes"),
    count(context.db, question, "lines"),
    count(context.db, question, "branchAge"),
  ]);
  const known = size.spread.n;
  return {
    from: question.from.toISOString(),
    to: question.to.toISOString(),
    deployments: size.rows,
    unknown: size.rows - known,
    sampled: { n: Math.min(known, deploymentsSampled), of: known },
    bySize: size.classes,
    byLines: lines.classes,
    byBranchAge: branchAge.classes,
    comparisons: {
      size: compareHalves(size.classes),
      lines: compareHalves(lines.classes),
      branchAge: compareHalves(branchAge.classes),
    },
    size: size.spread,
    lines: lines.spread,
    branchAgeSeconds: branchAge.spread,
  };
}

type Spread = BatchesAnswer["size"];

interface Counted {
  /** With a value or without one. */
  rows: number;
  classes: SizeClass[];
  spread: Spread;
}

async function count(
  db: Kysely<Database>,
  question: InsightQuestion,
  measure: BatchMeasure,
): Promise<Counted> {
  const { rows } = await sql<Row>`
    select class, grouping(class) = 1 as is_total, count(*) as rows, count(value) as n,
      count(*) filter (where failed and value is not null) as failed,
      percentile_cont(array[0.5, 0.9]) within group (order by value) as spread
    from (
      select failed, value,
        width_bucket(value::float8, ${[...starts[measure]]}::float8[]) as class
      from (${batchValues(measure, within(question))}) as valued
    ) as classed
    group by grouping sets ((class), ())`.execute(db);
  return countedOf(rows, starts[measure]);
}

interface Row {
  /** From 1; null: no value, and in the row of all. */
  class: number | null;
  is_total: boolean;
  rows: number;
  n: number;
  failed: number;
  spread: (number | null)[] | null;
}

function countedOf(rows: readonly Row[], from: readonly number[]): Counted {
  const total = rows.find((row) => row.is_total);
  return {
    rows: total?.rows ?? 0,
    classes: classesOf(
      from,
      rows.filter((row) => !row.is_total),
    ),
    spread: {
      n: total?.n ?? 0,
      p50: total?.spread?.[0] ?? null,
      p90: total?.spread?.[1] ?? null,
    },
  };
}

function classesOf(from: readonly number[], counted: readonly Row[]): SizeClass[] {
  return from.map((start, index) => {
    const found = counted.find((each) => each.class === index + 1);
    return {
      from: start,
      to: from[index + 1] ?? null,
      ...rated(found?.n ?? 0, found?.failed ?? 0),
    };
  });
}
