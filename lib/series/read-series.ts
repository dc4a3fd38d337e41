import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { reachFor } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { SeriesAnswer } from "@/lib/http/figure-answers";
import { Problem } from "@/lib/http/problem";
import { compute, typicalInterval } from "@/lib/series/compute";
import { downsample } from "@/lib/series/downsample";
import { readSamples } from "@/lib/series/read-samples";
import { type Recipe, type Signal, signals } from "@/lib/series/signals";
import type { Sample, SeriesSamples } from "@/lib/series/types";

export interface SeriesQuestion {
  service: string;
  /** Empty: production, or whatever there is where nothing is called so. */
  environments: readonly string[];
  /** A signal's name, or any metric's as it was sent. */
  metric: string;
  from: Date;
  to: Date;
  /** Points of a line at most. */
  points: number;
  /** One line each, besides which there is no total. */
  by?: "version" | "instance";
}

const daysAtMost = 400;
/** Slots computed for each point shown, so that what is chosen still has its peaks. */
const slotsPerPoint = 4;
const shortestStepMilliseconds = 1_000;
const linesAtMost = 50;

/**
 * A graph's lines: at most `points` points each, null where the data has a gap.
 * Throws `range_too_large` above 400 days, `invalid_field` for an empty window and
 * `not_found` outside of the actor's reach.
 */
export async function readSeries(
  context: Context,
  question: SeriesQuestion,
): Promise<SeriesAnswer> {
  refuseBadWindow(question);
  await reachFor(context, placed(question));
  const signal = signals.find((known) => known.metric === question.metric);
  const found = await readSamples(context.db, {
    service: question.service,
    environments: await environmentsOf(context.db, question),
    metrics: signal?.recipe.of ?? [question.metric, `${question.metric}.bucket`],
    from: question.from,
    to: question.to,
  });
  const recipe = signal?.recipe ?? recipeByShape(question.metric, found);
  const series = firstKnown(recipe, found);
  const step = stepOf(series, question);
  const groups = groupBy(series, question.by);
  return {
    unit: signal?.unit ?? unitOf(recipe, series[0]?.unit ?? ""),
    series: groups.slice(0, linesAtMost).map(({ labels, members }) => ({
      labels,
      points: line(recipe, members, question, step),
    })),
  };
}

function refuseBadWindow({ from, to }: SeriesQuestion): void {
  if (from >= to)
    throw new Problem("invalid_field", "The window is empty.", {
      field: "to",
      expected: "a time after from",
    });
  if (to.getTime() - from.getTime() > daysAtMost * 86_400_000)
    throw new Problem("range_too_large", `Series are answered for ${daysAtMost} days at most.`, {
      field: "from",
      expected: `a time at most ${daysAtMost} days before to`,
      limit: daysAtMost,
    });
}

/** How a metric asked for by its own name is drawn: a gauge as it is, a counter as its rate, a histogram as its p95. */
function recipeByShape(metric: string, found: readonly SeriesSamples[]): Recipe {
  const own = found.filter((series) => series.metric === metric);
  const buckets = found.find((series) => series.labels.le !== undefined);
  if (buckets && (own.length === 0 || own.includes(buckets)))
    return { kind: "quantile", q: 0.95, of: [buckets.metric] };
  const isCounted = own.length > 0 && own.every((series) => series.shape !== "gauge");
  return { kind: isCounted ? "rate" : "mean", of: [metric] };
}

function unitOf({ kind }: Recipe, sent: string): string {
  if (kind === "rate") return sent === "" || /^(1|\{.*\})$/.test(sent) ? "per_second" : `${sent}/s`;
  return kind === "quantile" && (sent === "s" || sent === "ms") ? "seconds" : sent;
}

async function environmentsOf(
  db: Kysely<Database>,
  question: SeriesQuestion,
): Promise<readonly string[]> {
  if (question.environments.length > 0) return question.environments;
  const { rows } = await sql<{ environment: string; production: boolean }>`
    select s.environment,
      s.environment = 'production' or coalesce(bool_or(d.tier = 'production'), false) as production
    from (select distinct environment from series where service = ${question.service}) as s
    left join lateral (
      select tier from deployments
      where service = ${question.service} and environment = s.environment limit 1
    ) as d on true
    group by s.environment`.execute(db);
  const production = rows.filter((row) => row.production);
  return (production.length > 0 ? production : rows).map((row) => row.environment);
}

/** The recipe's names are in order of trust: the first that was sent is used alone. */
function firstKnown(recipe: Recipe, found: readonly SeriesSamples[]): SeriesSamples[] {
  const name = recipe.of.find((metric) => found.some((series) => series.metric === metric));
  const chosen = found.filter((series) => series.metric === name);
  const counts = recipe.kind === "mean" && chosen.some((series) => series.shape !== "gauge");
  return counts ? chosen.filter((series) => series.shape === "gauge") : chosen;
}

function stepOf(series: readonly SeriesSamples[], { from, to, points }: SeriesQuestion): number {
  const fullest = series.reduce<SeriesSamples | null>(
    (best, each) => (each.samples.length > (best?.samples.length ?? 0) ? each : best),
    null,
  );
  const interval = (fullest && typicalInterval(fullest.samples)) ?? shortestStepMilliseconds;
  const coarsest = (to.getTime() - from.getTime()) / (points * slotsPerPoint);
  return Math.max(interval, coarsest, shortestStepMilliseconds);
}

const labelOf = { version: "service.version", instance: "service.instance.id" } as const;

function groupBy(
  series: readonly SeriesSamples[],
  by: SeriesQuestion["by"],
): { labels: Record<string, string>; members: SeriesSamples[] }[] {
  if (!by) return series.length > 0 ? [{ labels: {}, members: [...series] }] : [];
  const groups = new Map<string, SeriesSamples[]>();
  for (const each of series) {
    const value = each.labels[labelOf[by]] ?? "";
    groups.set(value, [...(groups.get(value) ?? []), each]);
  }
  return [...groups].map(([value, members]) => ({ labels: { [by]: value }, members }));
}

function line(
  recipe: Recipe,
  series: readonly SeriesSamples[],
  { from, to, points }: SeriesQuestion,
  stepMilliseconds: number,
): [number, number | null][] {
  const slots = { from: from.getTime(), to: to.getTime(), stepMilliseconds };
  const computed = compute(recipe, series, slots);
  return withGaps(downsample(computed, points), gapOf(computed, stepMilliseconds, points));
}

/** Longer than this between two points, and the line is broken. */
function gapOf(computed: readonly Sample[], step: number, points: number): number {
  const thinned = Math.max(1, computed.length / points);
  return 3 * step * thinned;
}

function withGaps(samples: readonly Sample[], gap: number): [number, number | null][] {
  return samples.flatMap(([at, value], index): [number, number | null][] => {
    const before = samples[index - 1];
    const point: [number, number] = [at, value];
    return before && at - before[0] > gap ? [[(before[0] + at) / 2, null], point] : [point];
  });
}

/**
 * What can be drawn for a service: the signals its metrics feed, then every metric
 * as sent. Throws `not_found` outside of the actor's reach.
 */
export async function listSeries(
  context: Context,
  question: { service: string; environments: readonly string[] },
): Promise<{ metrics: { metric: string; unit: string; title: string }[] }> {
  await reachFor(context, placed(question));
  let query = context.db
    .selectFrom("series")
    .select(["metric", "unit"])
    .distinct()
    .where("service", "=", question.service);
  if (question.environments.length > 0)
    query = query.where("environment", "in", question.environments);
  const sent = await query.orderBy("metric").execute();
  const names = new Set(sent.map((row) => row.metric));
  const fed = (signal: Signal) => signal.recipe.of.some((name) => names.has(name));
  return {
    metrics: [
      ...signals.filter(fed).map(({ metric, unit, title }) => ({ metric, unit, title })),
      ...sent.map(({ metric, unit }) => ({ metric, unit, title: metric })),
    ],
  };
}

function placed({ service, environments }: Pick<SeriesQuestion, "service" | "environments">) {
  return { service: [service], environment: environments };
}
