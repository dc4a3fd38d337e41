import { type RawBuilder, sql } from "kysely";
import type { Span } from "@/lib/metrics/buckets";

/** Which deployments are counted: empty lists do not narrow; no environment means tier production. */
export interface MetricScope {
  services: readonly string[];
  teams: readonly string[];
  environments: readonly string[];
}

/** What is counted in one pass: so many spans of time, for the scope whole or for each of its names. */
export interface CountQuestion {
  scope: MetricScope;
  by: "all" | "team" | "service";
  spans: readonly Span[];
  /** In whose calendar days are counted. */
  timezone: string;
}

/** What was counted of one name (empty for the scope whole), a value for each span in order. */
export type Counted<Value> = ReadonlyMap<string, readonly Value[]>;

/** The scope as a condition on any table with service, team, environment and tier. */
export function inScope(scope: MetricScope) {
  const conditions = [
    scope.environments.length > 0
      ? sql`environment = any(${[...scope.environments]}::text[])`
      : sql`tier = 'production'`,
  ];
  if (scope.services.length > 0)
    conditions.push(sql`service = any(${[...scope.services]}::text[])`);
  if (scope.teams.length > 0) conditions.push(sql`team = any(${[...scope.teams]}::text[])`);
  return sql.join(conditions, sql` and `);
}

/** The rows that lie in the spans, each with its span's number (from 1). */
export function inSpans(
  spans: readonly Span[],
  time: "at" | "finished_at",
  select: (i: RawBuilder<number>, isInside: RawBuilder<boolean>) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const at = sql.ref(time);
  const runs = runsOf(spans).map(({ first, starts, end }) =>
    select(
      sql<number>`width_bucket(${at}, ${startsOf(starts)}) + ${first}::integer`,
      sql<boolean>`${at} >= ${starts[0]} and ${at} < ${end}`,
    ),
  );
  return sql`(${sql.join(runs, sql` union all `)})`;
}

/** p50 and p90 as an array, over what is not null. */
export function percentilesOf(seconds: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`percentile_cont(array[0.5, 0.9]) within group (order by ${seconds})`;
}

/** The starts as an array, by the span's number. */
export function startsOf(starts: readonly Date[]): RawBuilder<Date[]> {
  return sql<Date[]>`(${starts.map((start) => start.toISOString())}::timestamptz[])`;
}

interface Run {
  /** How many spans come before. */
  first: number;
  starts: Date[];
  end: Date;
}

/** Neighbouring spans are one range of an index; with its bounds known beforehand it is used as such. */
function runsOf(spans: readonly Span[]): Run[] {
  const runs: Run[] = [];
  spans.forEach(({ start, end }, index) => {
    const run = runs.at(-1);
    if (run?.end.getTime() === start.getTime()) {
      run.starts.push(start);
      run.end = end;
    } else runs.push({ first: index, starts: [start], end });
  });
  return runs;
}

const groups = { all: sql`''::text`, team: sql`team`, service: sql`service` };

/** The name that a row is counted for. */
export function groupOf({ by }: Pick<CountQuestion, "by">) {
  return groups[by];
}

/** What is answered for: the names of the scope, or the scope whole. */
export function namesOf({ by, scope }: CountQuestion): readonly string[] {
  return { all: [""], team: scope.teams, service: scope.services }[by];
}
