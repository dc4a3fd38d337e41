import { type Attributes, type MetricOptions, metrics } from "@opentelemetry/api";

/**
 * Counters and histograms by name. The API hands out silent instruments until a
 * provider is set and has no proxy for them, so ours are made at first use after it.
 */
export function counter(name: string, options: MetricOptions) {
  const current = madeOnce((meter) => meter.createCounter(name, options));
  return { add: (value: number, attributes?: Attributes) => current().add(value, attributes) };
}

export function histogram(name: string, options: MetricOptions) {
  const current = madeOnce((meter) => meter.createHistogram(name, options));
  return {
    record: (value: number, attributes?: Attributes) => current().record(value, attributes),
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
