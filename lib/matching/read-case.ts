import type { Context } from "@/lib/context";
import type { IncidentRow } from "@/lib/incidents/incident-answer";
import { readCandidates } from "@/lib/matching/read-candidates";
import { shiftWindow } from "@/lib/matching/shift";
import type { Case, Signals } from "@/lib/matching/types";
import { readSeries } from "@/lib/series/read-series";
import type { Sample } from "@/lib/series/types";

/** An hour before the first sign, and up to an hour after it for the versions' comparison. */
const afterMilliseconds = 3_600_000;
/** A point a minute over the two hours at most. */
const points = 240;

/** Everything that is known at `assessedAt` of what may have caused the incident. */
export async function readCase(
  context: Context,
  incident: IncidentRow,
  assessedAt: Date,
): Promise<Case> {
  const firstSignAt = incident.first_sign_at;
  const matter = { service: incident.service, title: incident.title };
  const moments = { firstSignAt: firstSignAt.getTime(), assessedAt: assessedAt.getTime() };
  if (incident.service === null)
    return { ...matter, ...moments, candidates: [], signals: null, others: new Map() };
  const { service, environment } = incident;
  const candidates = await readCandidates(context.db, context.config, {
    service,
    environment,
    firstSignAt,
    assessedAt,
  });
  const window = {
    from: new Date(firstSignAt.getTime() - shiftWindow.before),
    to: new Date(Math.min(firstSignAt.getTime() + afterMilliseconds, assessedAt.getTime())),
    environments: environment === null ? [] : [environment],
  };
  const neighbours = [...new Set(candidates.map((candidate) => candidate.service))].filter(
    (name) => name !== service,
  );
  const [signals, ...others] = await Promise.all([
    readSignals(context, service, window, true),
    ...neighbours.map((name) => readSignals(context, name, window, false)),
  ]);
  const known = new Map<string, Signals>();
  neighbours.forEach((name, index) => {
    const own = others[index];
    if (own) known.set(name, own);
  });
  return { ...matter, ...moments, candidates, signals, others: known };
}

interface Window {
  from: Date;
  to: Date;
  environments: string[];
}

async function readSignals(
  context: Context,
  service: string,
  window: Window,
  byVersion: boolean,
): Promise<Signals> {
  const ask = (metric: string, by?: "version") =>
    window.from < window.to
      ? readSeries(context, { service, metric, points, by, ...window })
      : Promise.resolve({ unit: "", series: [] });
  const [errors, latency, traffic, versions] = await Promise.all([
    ask("error_ratio"),
    ask("latency_p95"),
    ask("request_rate"),
    byVersion ? ask("error_ratio", "version") : Promise.resolve({ series: [] }),
  ]);
  return {
    errorRatio: samplesOf(errors.series[0]?.points),
    latencySeconds: samplesOf(latency.series[0]?.points),
    requestRate: samplesOf(traffic.series[0]?.points),
    errorsByVersion: versions.series.map((line) => ({
      version: line.labels.version ?? "",
      errorRatio: samplesOf(line.points),
    })),
  };
}

function samplesOf(line: readonly (readonly [number, number | null])[] | undefined): Sample[] {
  return (line ?? []).flatMap(([at, value]): Sample[] => (value === null ? [] : [[at, value]]));
}
