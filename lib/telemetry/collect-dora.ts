import { sql } from "kysely";
import { reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { FiguresAnswer } from "@/lib/http/figure-answers";
import type { Span } from "@/lib/metrics/buckets";
import { emptyTally } from "@/lib/metrics/count-tallies";
import { calendarOf, figuresOf } from "@/lib/metrics/figures";
import { readFigures } from "@/lib/metrics/read-figures";
import { inScope } from "@/lib/metrics/scope";
import type { Collector } from "@/lib/telemetry/exposition";
import type { Family, Sample } from "@/lib/telemetry/openmetrics";

const windowMilliseconds = 28 * 86_400_000;
/** Those with the most deployments; a scrape is no place for thousands of label sets. */
const servicesAtMost = 50;
/** Scrapers come every few seconds, and four weeks do not change so fast. */
const freshMilliseconds = 60_000;

/**
 * The five metrics over the last 28 days in tier production, in total and per
 * service, as gauges, over what the actor reaches; what has no data has no sample.
 * Read at most once a minute for each reach.
 */
export function doraCollector(): Collector {
  const read = new Map<string, { at: number; families: Promise<Family[]> }>();
  return (context) => {
    const now = context.clock.now();
    const services = reachOf(context)?.services ?? null;
    if (services?.length === 0) return Promise.resolve([]);
    for (const [reach, { at }] of read)
      if (Math.abs(now.getTime() - at) >= freshMilliseconds) read.delete(reach);
    const reach = JSON.stringify(services);
    const fresh = read.get(reach);
    if (fresh) return fresh.families;
    const families = collect(context, services ?? [], now);
    read.set(reach, { at: now.getTime(), families });
    families.catch(() => read.delete(reach));
    return families;
  };
}

interface Labelled {
  labels: Record<string, string>;
  figures: FiguresAnswer;
}

/** No services: all there are. */
async function collect(context: Context, reach: readonly string[], now: Date): Promise<Family[]> {
  const window = { start: new Date(now.getTime() - windowMilliseconds), end: now };
  const all: Labelled[] = [
    { labels: { scope: "all" }, figures: await figuresWithin(context, reach, window) },
  ];
  for (const service of await busiestServices(context, reach, window))
    all.push({
      labels: { scope: "service", service },
      figures: await figuresWithin(context, [service], window),
    });
  return gauges.map(({ read, ...family }) => ({
    ...family,
    type: "gauge",
    samples: all.flatMap(({ labels, figures }) => samplesOf(labels, read(figures))),
  }));
}

async function figuresWithin(
  { db }: Context,
  services: readonly string[],
  window: Span,
): Promise<FiguresAnswer> {
  const scope = { services, teams: [], environments: [] };
  const wanted = { scope, timezone: "UTC", periods: [], windows: [window], stages: false };
  const [reading] = (await readFigures(db, wanted)).windows;
  return figuresOf(reading?.tally ?? emptyTally(), calendarOf(window, "UTC"), null);
}

async function busiestServices(
  { db }: Context,
  reach: readonly string[],
  { start, end }: Span,
): Promise<string[]> {
  const { rows } = await sql<{ service: string }>`
    select service from deployments
    where ${inScope({ services: reach, teams: [], environments: [] })}
      and counted and at >= ${start} and at < ${end}
    group by service order by count(*) desc, service limit ${servicesAtMost}`.execute(db);
  return rows.map(({ service }) => service);
}

type Reading = { labels?: Record<string, string>; value: number | null }[];

const gauges: (Omit<Family, "type" | "samples"> & { read(figures: FiguresAnswer): Reading })[] = [
  {
    name: "pushline_dora_deployments",
    help: "Production deployments of the last 28 days, rollbacks and redeploys aside.",
    read: ({ deploymentFrequency }) => [{ value: deploymentFrequency.deployments }],
  },
  {
    name: "pushline_dora_lead_time_seconds",
    unit: "seconds",
    help: "Lead time for changes over the last 28 days.",
    read: ({ leadTime }) => quantiles(leadTime.p50Seconds, leadTime.p90Seconds),
  },
  {
    name: "pushline_dora_change_fail_ratio",
    unit: "ratio",
    help: "Change fail rate of the last 28 days, 0 to 1.",
    read: ({ changeFailRate }) => [{ value: changeFailRate.rate }],
  },
  {
    name: "pushline_dora_recovery_time_seconds",
    unit: "seconds",
    help: "Failed deployment recovery time over the last 28 days.",
    read: ({ recoveryTime }) => quantiles(recoveryTime.p50Seconds, recoveryTime.p90Seconds),
  },
  {
    name: "pushline_dora_rework_ratio",
    unit: "ratio",
    help: "Deployment rework rate of the last 28 days, 0 to 1.",
    read: ({ reworkRate }) => [{ value: reworkRate.rate }],
  },
];

function quantiles(p50: number | null, p90: number | null): Reading {
  return [
    { labels: { quantile: "0.5" }, value: p50 },
    { labels: { quantile: "0.9" }, value: p90 },
  ];
}

function samplesOf(labels: Record<string, string>, reading: Reading): Sample[] {
  return reading.flatMap(({ labels: more, value }) =>
    value === null ? [] : [{ suffix: "", labels: { ...labels, ...more }, value }],
  );
}
