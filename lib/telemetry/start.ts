import { metrics } from "@opentelemetry/api";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { MeterProvider, type MetricData, MetricReader } from "@opentelemetry/sdk-metrics";
import { wantedExports } from "@/lib/telemetry/wanted-exports";

export interface Telemetry {
  /** Every metric as it stands now. */
  collect(): Promise<MetricData[]>;
  /** Sends what has not been sent yet. */
  close(): Promise<void>;
}

/** Collected when somebody asks, for GET /metrics. */
class AskedReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

/**
 * Counts from here on. Spans and metrics leave the process only where the
 * standard OTEL_* variables ask for it (opentelemetry.io, environment variables);
 * what cannot be honoured is said in the log.
 */
export async function startTelemetry(
  environment: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
): Promise<Telemetry> {
  const { traces, metrics: pushed, complaints } = wantedExports(environment);
  for (const complaint of complaints) log(complaint);
  const resource = defaultResource()
    .merge(resourceFromAttributes({ "service.name": "pushline" }))
    .merge(detectResources({ detectors: [envDetector] }));
  const reader = new AskedReader();
  // The exporters take most of the time to load, and few instances need them.
  const pushing = pushed
    ? [(await import("@/lib/telemetry/export-metrics")).exportMetrics(environment)]
    : [];
  const provider = new MeterProvider({ resource, readers: [reader, ...pushing] });
  metrics.setGlobalMeterProvider(provider);
  const tracing = traces
    ? (await import("@/lib/telemetry/export-traces")).exportTraces(resource, environment)
    : null;
  return {
    async collect() {
      const { resourceMetrics } = await reader.collect();
      return resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    },
    async close() {
      await Promise.all([provider.shutdown(), tracing?.shutdown()]);
    },
  };
}
