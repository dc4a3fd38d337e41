import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import type { RemediesAnswer, RemedyFigures } from "@/lib/http/insight-answers";
import { failuresOf, type InsightQuestion } from "@/lib/insights/rows";
import { type Bucket, bucketsOf } from "@/lib/metrics/buckets";
import { wilsonInterval } from "@/lib/metrics/interval";
import { refuseBadWindow } from "@/lib/metrics/read-metrics";
import { servedOlder } from "@/lib/metrics/rows-behind";
import { scopeInReach } from "@/lib/metrics/scope-in-reach";

export interface RemediesQuestion extends InsightQuestion {
  timezone: string;
  by: RemediesAnswer["by"];
}

/**
 * How the failures of a window ended: what held, what was tried, how often a rollback
 * came first and how often a fix-forward did it instead, in total and per team, service
 * or calendar month. Each failure counts once, where its deployment finished; an attempt
 * that served several counts once in `tried`, with the oldest. Throws what
 * `readMetrics` does of a window in months.
 */
export async function readRemedies(
  context: Context,
  asked: RemediesQuestion,
): Promise<RemediesAnswer> {
  refuseBadWindow({ ...asked, bucket: "month" });
  const question = { ...asked, scope: await scopeInReach(context, asked.scope) };
  const { from, to, timezone, by } = question;
  const months = by === "month" ? bucketsOf({ from, to, timezone, bucket: "month" }) : [];
  const [counts, tried] = await Promise.all([
    countHeld(context.db, question, months),
    countTried(context.db, question, months),
  ]);
  const triedOf = (group: string | null, isTotal: boolean) =>
    tried.filter((row) => row.is_total === isTotal && row.group === group);
  const total = counts.find((row) => row.is_total);
  const groups = counts.filter((row) => !row.is_total);
  const figures = (group: string | null) =>
    figuresOf(groups.find((row) => row.group === group) ?? nothing, triedOf(group, false));
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    timezone,
    by,
    total: figuresOf(total ?? nothing, triedOf(null, true)),
    items:
      by === "month"
        ? months.map((month, index) => ({
            ...monthOf(month, timezone),
            ...figures(String(index + 1)),
          }))
        : groups
            .sort((a, b) => b.failures - a.failures || (a.group ?? "").localeCompare(b.group ?? ""))
            .map(({ group }) => ({
              name: group,
              start: null,
              end: null,
              partial: false,
              ...figures(group),
            })),
  };
}

interface HeldCounts {
  group: string | null;
  is_total: boolean;
  failures: number;
  open: number;
  rollback: number;
  revert: number;
  fix_forward: number;
  flag_off: number;
  none: number;
  remedied: number;
  rollback_first: number;
}

const nothing: HeldCounts = {
  group: null,
  is_total: false,
  failures: 0,
  open: 0,
  rollback: 0,
  revert: 0,
  fix_forward: 0,
  flag_off: 0,
  none: 0,
  remedied: 0,
  rollback_first: 0,
};

async function countHeld(
  db: Kysely<Database>,
  question: RemediesQuestion,
  months: readonly Bucket[],
): Promise<HeldCounts[]> {
  const { rows } = await sql<HeldCounts>`
    with failures as (
      select ${groupOf(question, months)} as "group", held_by, restored_at, remedies
      from deployments where ${failuresOf(question)}
    )
    select "group", grouping("group") = 1 as is_total,
      count(*) as failures,
      count(*) filter (where restored_at is null) as open,
      count(*) filter (where held_by = 'rollback') as rollback,
      count(*) filter (where held_by = 'revert') as revert,
      count(*) filter (where held_by = 'fix_forward') as fix_forward,
      count(*) filter (where held_by = 'flag_off') as flag_off,
      count(*) filter (where held_by = 'none') as none,
      count(*) filter (where remedies -> 0 is not null) as remedied,
      count(*) filter (where remedies -> 0 ->> 'kind' = 'rollback') as rollback_first
    from failures
    group by grouping sets (("group"), ())`.execute(db);
  return rows;
}

interface TriedCount {
  group: string | null;
  is_total: boolean;
  kind: keyof RemedyFigures["tried"];
  n: number;
}

async function countTried(
  db: Kysely<Database>,
  question: RemediesQuestion,
  months: readonly Bucket[],
): Promise<TriedCount[]> {
  const { rows } = await sql<TriedCount>`
    with tried as (
      select ${groupOf(question, months)} as "group", remedy ->> 'kind' as kind
      from (select * from deployments where ${failuresOf(question)}) d,
        jsonb_array_elements(d.remedies) as remedy
      where not ${servedOlder("d", "remedy")}
    )
    select "group", grouping("group") = 1 as is_total, kind, count(*) as n
    from tried
    group by grouping sets (("group", kind), (kind))`.execute(db);
  return rows;
}

/** A text in any case; months by their number, from 1. */
function groupOf({ by }: RemediesQuestion, months: readonly Bucket[]) {
  if (by !== "month") return sql.ref(by);
  const starts = months.map(({ start }) => start.toISOString());
  return sql`width_bucket(at, ${starts}::timestamptz[])::text`;
}

function figuresOf(row: HeldCounts, tried: readonly TriedCount[]): RemedyFigures {
  const { rollback, revert, fix_forward, flag_off, none } = row;
  const triedOf = (kind: TriedCount["kind"]) => tried.find((each) => each.kind === kind)?.n ?? 0;
  const forwardOrBack = fix_forward + rollback;
  return {
    failures: row.failures,
    open: row.open,
    held: { rollback, revert, fix_forward, flag_off, none },
    tried: {
      rollback: triedOf("rollback"),
      revert: triedOf("revert"),
      fix_forward: triedOf("fix_forward"),
      flag_off: triedOf("flag_off"),
    },
    rollbackFirst: {
      n: row.remedied,
      first: row.rollback_first,
      rate: row.remedied === 0 ? null : row.rollback_first / row.remedied,
    },
    fixForwards: {
      n: forwardOrBack,
      fixForwards: fix_forward,
      rate: forwardOrBack === 0 ? null : fix_forward / forwardOrBack,
      interval: wilsonInterval(fix_forward, forwardOrBack),
    },
  };
}

function monthOf({ start, end, partial }: Bucket, timezone: string) {
  return {
    name: new Intl.DateTimeFormat("en-CA", { timeZone: timezone }).format(start),
    start: start.toISOString(),
    end: end.toISOString(),
    partial,
  };
}
