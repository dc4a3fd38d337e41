import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { type IMetricReader, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";

const everyMilliseconds = 60_000;

/** Endpoint, headers and timeouts are read from OTEL_EXPORTER_OTLP_* by the exporter itself. */
export function exportMetrics(
  environment: Readonly<Record<string, string | undefined>>,
): IMetricReader {
  const interval = Number(environment.OTEL_METRIC_EXPORT_INTERVAL) || everyMilliseconds;
  return new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(),
    exportIntervalMillis: interval,
    exportTimeoutMillis: Math.min(interval, 30_000),
  });
}
