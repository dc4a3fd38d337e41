import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Span } from "@/lib/metrics/buckets";
import { closestRanks, fine, type Histogram, interpolate, rankOf } from "@/lib/metrics/histogram";
import { failed } from "@/lib/metrics/rows-behind";
import { inScope, type MetricScope } from "@/lib/metrics/scope";
import { noPercentiles, type Percentiles } from "@/lib/metrics/tally";

const leadTimes = sql`select lead_seconds as seconds, finished_at as at, log_bracket(lead_seconds) as bracket,
    tier, environment, service, team
  from deployment_changes where lead_seconds is not null`;
const recoveries = sql`select recovery_seconds as seconds, at, log_bracket(recovery_seconds) as bracket,
    tier, environment, service, team
  from deployments
  where ${failed} and restored_at is not null and recovery_seconds is not null`;
const durations = { leadTime: leadTimes, recovery: recoveries };

/** A window with the pooled histogram of what lies in it. */
interface Pooled {
  span: Span;
  histogram: Histogram;
}

/**
 * The exact p50 and p90 of each window, interpolated linearly between the closest
 * ranks: the histograms tell in which brackets these lie, so that only the few rows
 * of those are read. Null where rows and histogram disagree.
 */
export async function readPercentiles(
  db: Kysely<Database>,
  duration: keyof typeof durations,
  scope: MetricScope,
  windows: readonly Pooled[],
): Promise<(Percentiles | null)[]> {
  const fetches = windows.flatMap((window, index) => fetchesOf(window, index));
  const values = new Map<string, number>();
  if (fetches.length > 0)
    for (const { i, seconds } of await readBrackets(db, duration, scope, fetches))
      seconds.forEach((value, offset) => {
        const fetch = fetches[i - 1];
        if (fetch) values.set(`${fetch.window} ${fetch.place + offset}`, value);
      });
  return windows.map(({ histogram: { n } }, index) => {
    if (n === 0) return noPercentiles;
    const [p50, p90] = shares.map((share) => {
      const { below, above, fraction } = closestRanks(n, share);
      const [low, high] = [values.get(`${index} ${below}`), values.get(`${index} ${above}`)];
      return low === undefined || high === undefined ? null : interpolate(low, high, fraction);
    });
    return p50 == null || p90 == null ? null : { p50, p90 };
  });
}

const shares = [0.5, 0.9] as const;

/** Values next to each other in one bracket; `place` is the first one's in the whole window. */
interface Fetch {
  window: number;
  place: number;
  span: Span;
  bracket: number;
  offset: number;
  take: number;
}

function fetchesOf({ span, histogram }: Pooled, window: number): Fetch[] {
  if (histogram.n === 0) return [];
  return shares.flatMap((share) => {
    const { below, above } = closestRanks(histogram.n, share);
    const low = rankOf(histogram, fine, below);
    const high = rankOf(histogram, fine, above);
    const first = { window, place: below, span, ...low, take: 1 };
    if (low.bracket === high.bracket) return [{ ...first, take: above - below + 1 }];
    return [first, { window, place: above, span, ...high, take: 1 }];
  });
}

/**
 * Each window's rows are gone through once, for all the brackets that are wanted of it:
 * by these, few in any scope, and not by a service, which may have many.
 */
async function readBrackets(
  db: Kysely<Database>,
  duration: keyof typeof durations,
  scope: MetricScope,
  fetches: readonly Fetch[],
): Promise<{ i: number; seconds: number[] }[]> {
  const spans = new Map(fetches.map(({ window, span }) => [window, span]));
  const brackets = [...spans.keys()].map((window) =>
    fetches.filter((fetch) => fetch.window === window).map(({ bracket }) => bracket),
  );
  const { rows } = await sql<{ i: number; seconds: number[] }>`
    select f.i, (r.seconds)[f.skip + 1 : f.skip + f.take] as seconds
    from unnest(
      ${[...spans.keys()]}::integer[],
      ${brackets.map((own) => `{${own.join()}}`)}::text[],
      ${[...spans.values()].map(({ start }) => start.toISOString())}::timestamptz[],
      ${[...spans.values()].map(({ end }) => end.toISOString())}::timestamptz[]
    ) as w (number, brackets, from_at, to_at)
    cross join lateral (
      select d.bracket, array_agg(d.seconds order by d.seconds) as seconds
      from (
        select * from (${durations[duration]}) d
        where d.bracket = any(w.brackets::integer[]) and d.at >= w.from_at and d.at < w.to_at
        offset 0
      ) d
      where ${inScope(scope)}
      group by d.bracket
    ) r
    join unnest(
      ${fetches.map(({ window }) => window)}::integer[],
      ${fetches.map(({ bracket }) => bracket)}::integer[],
      ${fetches.map(({ offset }) => offset)}::integer[],
      ${fetches.map(({ take }) => take)}::integer[]
    ) with ordinality as f (number, bracket, skip, take, i)
      on f.number = w.number and f.bracket = r.bracket`.execute(db);
  return rows;
}
