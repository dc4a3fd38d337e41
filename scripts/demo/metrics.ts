import { hour, minute } from "@/scripts/demo/calendar";
import type { EnvironmentName } from "@/scripts/demo/events";
import { bucketsOf } from "@/scripts/demo/latency";
import { poisson, type Random, randomFor } from "@/scripts/demo/random";
import { type Closely, momentsOf } from "@/scripts/demo/resolution";
import { signalsAt, type VersionSignal } from "@/scripts/demo/signals";
import type { Line, Simulation } from "@/scripts/demo/simulation";
import { newWholeService } from "@/scripts/demo/whole-service";

/** What one instance reports for the time since its last report. */
export interface Sample {
  /** null, both, in old samples that speak of the whole service. */
  version: string | null;
  instance: string | null;
  from: number;
  to: number;
  /** Requests by outcome, with how long they took; of the whole service, all since the beginning. */
  requests: Requests[];
  cpu: number;
  memoryBytes: number;
}

export interface Requests {
  statusCode: 200 | 500;
  count: number;
  sumSeconds: number;
  buckets: number[];
}

export interface SampleBatch {
  service: string;
  environment: EnvironmentName;
  samples: Sample[];
}

const batchSamples = 400;

/** A service's whole history of measurements up to now, in batches fit to send. */
export function* historyOf(simulation: Simulation, line: Line): Generator<SampleBatch> {
  const { settings } = simulation;
  const from = settings.now - settings.days * 24 * hour;
  yield* batches(
    simulation,
    line,
    "production",
    momentsOf(from, settings.now, closelyOf(simulation, line)),
  );
  const recent = Math.max(from, settings.now - 48 * hour);
  const staging = momentsOf(recent, settings.now, []).filter((at) => at % (5 * minute) === 0);
  yield* batches(simulation, line, "staging", staging);
}

/** One report of every instance that serves at `to`. */
export function samplesAt(
  simulation: Simulation,
  line: Line,
  environment: EnvironmentName,
  from: number,
  to: number,
): Sample[] {
  const effects = simulation.effects.filter(({ service }) => service === line.service.name);
  const random = randomFor(simulation.settings.seed, line.service.name, environment, to);
  const signals = signalsAt(simulation, line, environment, effects, to);
  if (to - from > 5 * minute)
    return signals.length === 0
      ? []
      : [sampleOf(random, line, together(signals), null, 1, from, to)];
  return signals.flatMap((signal) =>
    instancesOf(line, environment, signal).map((instance, _, all) =>
      sampleOf(random, line, signal, instance, 1 / all.length, from, to),
    ),
  );
}

function* batches(
  simulation: Simulation,
  line: Line,
  environment: EnvironmentName,
  moments: number[],
): Generator<SampleBatch> {
  const { name } = line.service;
  const whole = newWholeService();
  let samples: Sample[] = [];
  for (const [index, at] of moments.entries()) {
    const before = moments[index - 1];
    if (before === undefined) continue;
    const report = samplesAt(simulation, line, environment, before, at);
    samples.push(...report.flatMap((one) => (one.instance === null ? whole.add(one) : one)));
    if (samples.length < batchSamples) continue;
    yield { service: name, environment, samples };
    samples = [];
  }
  if (samples.length > 0) yield { service: name, environment, samples };
}

/** Around each of its incidents, from hours before the fault, and around what nobody called one. */
function closelyOf(simulation: Simulation, line: Line): Closely[] {
  const { name } = line.service;
  const incidents = simulation.ledger.incidents.filter(({ service }) => service === name);
  const effects = simulation.effects.filter(({ service }) => service === name);
  return [
    ...incidents.map(({ faultStartedAt, openedAt, resolvedAt }) => ({
      from: Date.parse(faultStartedAt) - 2 * hour,
      to: Date.parse(resolvedAt ?? openedAt) + hour,
    })),
    ...effects.map(({ from, to }) => ({ from: from - hour, to: (to ?? from + hour) + hour })),
  ];
}

function instancesOf(line: Line, environment: EnvironmentName, signal: VersionSignal): string[] {
  const { name, traffic } = line.service;
  if (signal.candidate && line.service.strategy === "canary") return [`${name}-canary`];
  const count = environment === "production" ? traffic.instances : 1;
  return Array.from({ length: count }, (_, index) => `${name}-${environment}-${index}`);
}

function sampleOf(
  random: Random,
  line: Line,
  signal: VersionSignal,
  instance: string | null,
  share: number,
  from: number,
  to: number,
): Sample {
  const seconds = (to - from) / 1000;
  const total = poisson(random, signal.requestsPerSecond * share * seconds);
  const failed = Math.min(total, poisson(random, total * signal.errorRatio));
  const { spread } = line.service.traffic;
  return {
    version: instance === null ? null : signal.version,
    instance,
    from,
    to,
    requests: [
      {
        statusCode: 200,
        count: total - failed,
        ...bucketsOf(total - failed, signal.medianSeconds, spread),
      },
      // Errors are counted; how long they took is of no interest.
      {
        statusCode: 500,
        count: failed,
        sumSeconds: round(failed * signal.medianSeconds),
        buckets: [],
      },
    ],
    cpu: Math.min(1, Math.max(0.01, signal.cpu * (1 + 0.04 * random.normal()))),
    memoryBytes: Math.round(signal.memoryMegabytes * (1 + 0.01 * random.normal()) * 1_048_576),
  };
}

/** Several versions as one, for samples that do not tell them apart. */
function together(signals: VersionSignal[]): VersionSignal {
  const total = signals.reduce((sum, one) => sum + one.requestsPerSecond, 0);
  const mean = (part: (signal: VersionSignal) => number) =>
    signals.reduce((sum, one) => sum + (part(one) * one.requestsPerSecond) / total, 0);
  return {
    version: "",
    candidate: false,
    requestsPerSecond: total,
    errorRatio: mean((one) => one.errorRatio),
    medianSeconds: mean((one) => one.medianSeconds),
    cpu: mean((one) => one.cpu),
    memoryMegabytes: mean((one) => one.memoryMegabytes),
  };
}

const round = (value: number) => Number(value.toFixed(6));
