import { type Attributes, type MetricOptions, metrics } from "@opentelemetry/api";

/** Seconds, from a fast insert to a statement that is about to time out. */
const secondsBoundaries = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];

/**
 * Instruments by name. The API hands out silent ones until a provider is set and
 * has no proxy for them, so ours are made at their first use after it.
 */
export function counter(name: string, options: MetricOptions) {
  const current = madeOnce((meter) => meter.createCounter(name, options));
  return { add: (value: number, attributes?: Attributes) => current().add(value, attributes) };
}

/** Of durations in seconds. */
export function histogram(name: string, options: MetricOptions) {
  const advice = { explicitBucketBoundaries: secondsBoundaries };
  const current = madeOnce((meter) =>
    meter.createHistogram(name, { unit: "s", advice, ...options }),
  );
  return {
    record: (seconds: number, attributes?: Attributes) => current().record(seconds, attributes),
  };
}

type Meter = ReturnType<typeof metrics.getMeter>;

function madeOnce<Instrument>(make: (meter: Meter) => Instrument): () => Instrument {
  let provider: unknown;
  let instrument: Instrument | null = null;
  return () => {
    const now = metrics.getMeterProvider();
    if (instrument === null || provider !== now) {
      provider = now;
      instrument = make(now.getMeter("pushline"));
    }
    return instrument;
  };
}
