import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import type { BatchesAnswer, SizeClass } from "@/lib/http/insight-answers";
import { compareHalves, rated } from "@/lib/insights/compare-halves";
import { deploymentsBehind, type InsightQuestion } from "@/lib/insights/rows";
import { scopeInReach } from "@/lib/metrics/scope-in-reach";

const hour = 3_600;
const day = 24 * hour;

/** Where each class begins; the last one has no end. */
const sizes = [1, 2, 4, 8, 16, 32];
const lines = [0, 10, 50, 200, 500, 2_000];
const branchAges = [0, 4 * hour, day, 2 * day, 4 * day, 7 * day, 14 * day];

/** Lines and branches are read change by change: of so many deployments in bounded time. */
const deploymentsSampled = 5_000;

/**
 * How the size of what is deployed, in changes and lines, and the age of its branches
 * (first commit → merge, of the oldest in a deployment, in seconds) go with the change
 * fail rate. Sizes are of all deployments of the window, lines and branches of the newest
 * 5,000. Rates 0..1 with n and interval. Throws `not_found` outside of the reach.
 */
export async function readBatches(
  context: Context,
  asked: InsightQuestion,
): Promise<BatchesAnswer> {
  const question = { ...asked, scope: await scopeInReach(context, asked.scope) };
  const [bySize, details] = await Promise.all([
    countSizes(context.db, question),
    countDetails(context.db, question),
  ]);
  const known = bySize.all - bySize.unknown;
  const classes = {
    size: classesOf(sizes, bySize.classes),
    lines: classesOf(lines, details.lines.classes),
    branchAge: classesOf(branchAges, details.ages.classes),
  };
  return {
    from: question.from.toISOString(),
    to: question.to.toISOString(),
    deployments: bySize.all,
    unknown: bySize.unknown,
    sampled: { n: Math.min(known, deploymentsSampled), of: known },
    bySize: classes.size,
    byLines: classes.lines,
    byBranchAge: classes.branchAge,
    comparisons: {
      size: compareHalves(classes.size),
      lines: compareHalves(classes.lines),
      branchAge: compareHalves(classes.branchAge),
    },
    size: bySize.spread,
    lines: details.lines.spread,
    branchAgeSeconds: details.ages.spread,
  };
}

type Spread = BatchesAnswer["size"];

interface ClassCount {
  class: number;
  n: number;
  failed: number;
}

interface Counted {
  classes: ClassCount[];
  spread: Spread;
}

async function countSizes(
  db: Kysely<Database>,
  question: InsightQuestion,
): Promise<Counted & { all: number; unknown: number }> {
  const { rows } = await sql<Row>`
    with judged as (
      select failed, case when changes_known and change_count > 0 then change_count end as value
      from deployments where ${deploymentsBehind("judged", question)}
    )
    ${countedBy(sql`judged`, sizes)}`.execute(db);
  const total = rows.find((row) => row.is_total);
  const unknown = rows.find((row) => !row.is_total && row.class === null);
  return { ...countedOf(rows), all: total?.rows ?? 0, unknown: unknown?.rows ?? 0 };
}

/**
 * Where a pull request does not tell its first commit, derivation has found it by its branch.
 * A pull request is of the deployment that ships its merge (a squash, a rebase) or its
 * head (a merge commit, which is no change itself).
 */
async function countDetails(
  db: Kysely<Database>,
  question: InsightQuestion,
): Promise<{ lines: Counted; ages: Counted }> {
  const detail = (value: RawBuilder<unknown>, starts: readonly number[]) => sql<Row>`
    with newest as (
      select id, failed from deployments
      where ${deploymentsBehind("judged", question)} and changes_known and change_count > 0
      order by at desc, id desc limit ${deploymentsSampled}
    ), brought as (
      select distinct on (newest.id, p.id) newest.id, newest.failed, p.additions, p.deletions,
        extract(epoch from p.merged_at - coalesce(p.first_commit_at,
          p.opened_at - make_interval(secs => c.coding_seconds))) as age
      from newest
      join deployment_changes c on c.deployment_id = newest.id
      join lateral (
        select * from pull_requests m
          where m.repository = c.repository and m.merge_revision = c.revision
        union
        select * from pull_requests h
          where h.repository = c.repository and h.head_revision = c.revision
            and h.merged_at is not null
      ) p on true
      order by newest.id, p.id, age desc nulls last
    ), valued as (
      select failed, ${value} as value from brought group by id, failed
    )
    ${countedBy(sql`valued`, starts)}`;
  const [ofLines, ofAges] = await Promise.all([
    detail(
      sql`case when bool_and(additions is not null and deletions is not null)
        then sum(additions + deletions)::float8 end`,
      lines,
    ).execute(db),
    detail(sql`max(age) filter (where age >= 0)::float8`, branchAges).execute(db),
  ]);
  return { lines: countedOf(ofLines.rows), ages: countedOf(ofAges.rows) };
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

/** Counts a table of `failed` and `value` in classes, with the spread of its values in all. */
function countedBy(table: RawBuilder<unknown>, starts: readonly number[]) {
  return sql`
    select class, grouping(class) = 1 as is_total, count(*) as rows, count(value) as n,
      count(*) filter (where failed and value is not null) as failed,
      percentile_cont(array[0.5, 0.9]) within group (order by value) as spread
    from (select failed, value,
      width_bucket(value::float8, ${[...starts]}::float8[]) as class from ${table}) as classed
    group by grouping sets ((class), ())`;
}

function countedOf(rows: readonly Row[]): Counted {
  const total = rows.find((row) => row.is_total);
  return {
    classes: rows.flatMap((row) =>
      row.is_total || row.class === null
        ? []
        : [{ class: row.class, n: row.n, failed: row.failed }],
    ),
    spread: {
      n: total?.n ?? 0,
      p50: total?.spread?.[0] ?? null,
      p90: total?.spread?.[1] ?? null,
    },
  };
}

function classesOf(starts: readonly number[], counted: readonly ClassCount[]): SizeClass[] {
  return starts.map((from, index) => {
    const found = counted.find((each) => each.class === index + 1);
    return { from, to: starts[index + 1] ?? null, ...rated(found?.n ?? 0, found?.failed ?? 0) };
  });
}
