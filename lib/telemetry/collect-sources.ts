import { reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { countPending } from "@/lib/source-health/count-pending";
import { readClock } from "@/lib/source-health/read-clock";
import { readSigns, type SourceSigns } from "@/lib/source-health/read-signs";
import { sourceStates } from "@/lib/source-health/state";
import type { Collector } from "@/lib/telemetry/exposition";
import type { Family, Sample } from "@/lib/telemetry/openmetrics";

const sourcesAtMost = 200;
const freshMilliseconds = 60_000;

/** How each source fares, as gauges, for those who reach the whole instance. Read at most once a minute. */
export function sourceCollector(): Collector {
  let read: { at: number; families: Promise<Family[]> } | null = null;
  return (context) => {
    if (reachOf(context) !== null) return Promise.resolve([]);
    const at = context.clock.now().getTime();
    if (read && Math.abs(at - read.at) < freshMilliseconds) return read.families;
    const families = collect(context);
    read = { at, families };
    families.catch(() => {
      read = null;
    });
    return families;
  };
}

async function collect({ db, config, clock }: Context): Promise<Family[]> {
  const names = config.sources.map(({ name }) => name).slice(0, sourcesAtMost);
  const signs = await readSigns(db, names, clock.now());
  const told = [...signs].map(([source, of]) => ({ source, of }));
  const families = gauges.map(
    ({ read, ...family }): Family => ({
      ...family,
      type: "gauge",
      samples: told.flatMap(({ source, of }) => read(of).map(labelled(source))),
    }),
  );
  return [...families, await pendingFamily(db, names), await clockFamily(db, names)];
}

async function pendingFamily(db: Context["db"], names: readonly string[]): Promise<Family> {
  const pending = await countPending(db, names);
  return {
    name: "pushline_source_pending",
    type: "gauge",
    help: "Deliveries that wait to be read.",
    samples: names.flatMap((source) => samples([pending.get(source) ?? 0]).map(labelled(source))),
  };
}

type Reading = [value: number | null, labels?: Record<string, string>];

const gauges: (Omit<Family, "type" | "samples"> & { read(signs: SourceSigns): Sample[] })[] = [
  {
    name: "pushline_source_state",
    help: "1 for the state that a source is in: ok, waiting, failing, quiet or refused.",
    read: (signs) =>
      samples(...sourceStates.map((state): Reading => [signs.state === state ? 1 : 0, { state }])),
  },
  {
    name: "pushline_source_last_delivery_timestamp_seconds",
    unit: "seconds",
    help: "When a source's last delivery arrived.",
    read: ({ lastDeliveryAt }) => samples([secondsOf(lastDeliveryAt)]),
  },
  {
    name: "pushline_source_expected_timestamp_seconds",
    unit: "seconds",
    help: "Until when a source ought to be heard from again by its own habit.",
    read: ({ expectedBefore }) => samples([secondsOf(expectedBefore)]),
  },
  {
    name: "pushline_source_deliveries_last_day",
    help: "Deliveries of the last 24 hours, by whether they could be read.",
    read: ({ settled, failed }) =>
      samples([settled - failed, { outcome: "read" }], [failed, { outcome: "failed" }]),
  },
  {
    name: "pushline_source_refused_last_day",
    help: "Requests of the last 24 hours that did not prove themselves.",
    read: ({ refused }) => samples([refused]),
  },
];

async function clockFamily(db: Context["db"], names: readonly string[]): Promise<Family> {
  const clocks: { source: string; lag: Awaited<ReturnType<typeof readClock>> }[] = [];
  // One after the other: a scrape may wait, and pages want the connections.
  for (const source of names) clocks.push({ source, lag: await readClock(db, source) });
  return {
    name: "pushline_source_lag_seconds",
    type: "gauge",
    unit: "seconds",
    help: "From the time that a delivery names to its arrival; a least below 0 is a clock that runs ahead.",
    samples: clocks.flatMap(({ source, lag }) =>
      lag
        ? samples(
            [lag.leastSeconds, { of: "least" }],
            [lag.medianSeconds, { of: "median" }],
            [lag.mostSeconds, { of: "most" }],
          ).map(labelled(source))
        : [],
    ),
  };
}

function samples(...readings: Reading[]): Sample[] {
  return readings.flatMap(([value, labels = {}]) =>
    value === null ? [] : [{ suffix: "", labels, value }],
  );
}

function labelled(source: string) {
  return (sample: Sample): Sample => ({ ...sample, labels: { source, ...sample.labels } });
}

function secondsOf(at: Date | null): number | null {
  return at && at.getTime() / 1000;
}
