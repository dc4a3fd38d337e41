import type { Attributes } from "@opentelemetry/api";
import { type DataPoint, DataPointType, type MetricData } from "@opentelemetry/sdk-metrics";
import { type Family, numberText, type Sample } from "@/lib/telemetry/openmetrics";

/** Units as OpenMetrics spells them; others are left out of the name. */
const units: Record<string, string> = { s: "seconds", By: "bytes" };

/** What OpenTelemetry collected, named as Prometheus names it (opentelemetry.io, compatibility with Prometheus). */
export function toFamilies(metrics: readonly MetricData[]): Family[] {
  return metrics.flatMap(toFamily);
}

function toFamily(metric: MetricData): Family[] {
  const { name, description, unit } = metric.descriptor;
  const suffix = units[unit];
  const base = name.replace(/[^a-zA-Z0-9_:]/g, "_");
  const family = {
    name: suffix ? `${base}_${suffix}` : base,
    help: description,
    ...(suffix && { unit: suffix }),
  };
  switch (metric.dataPointType) {
    case DataPointType.SUM:
      return metric.isMonotonic
        ? [{ ...family, type: "counter", samples: plain(metric.dataPoints, "_total") }]
        : [{ ...family, type: "gauge", samples: plain(metric.dataPoints, "") }];
    case DataPointType.GAUGE:
      return [{ ...family, type: "gauge", samples: plain(metric.dataPoints, "") }];
    case DataPointType.HISTOGRAM:
      return [{ ...family, type: "histogram", samples: metric.dataPoints.flatMap(distribution) }];
    case DataPointType.EXPONENTIAL_HISTOGRAM:
      return [];
  }
}

function plain(points: readonly DataPoint<number>[], suffix: string): Sample[] {
  return points.map(({ attributes, value }) => ({ suffix, labels: toLabels(attributes), value }));
}

type Distribution = Extract<MetricData, { dataPointType: DataPointType.HISTOGRAM }>;

function distribution({ attributes, value }: Distribution["dataPoints"][number]): Sample[] {
  const labels = toLabels(attributes);
  let below = 0;
  const buckets = value.buckets.counts.map((count, index): Sample => {
    below += count;
    const bound = value.buckets.boundaries[index] ?? Number.POSITIVE_INFINITY;
    return { suffix: "_bucket", labels: { ...labels, le: boundText(bound) }, value: below };
  });
  return [
    ...buckets,
    { suffix: "_count", labels, value: value.count },
    { suffix: "_sum", labels, value: value.sum ?? 0 },
  ];
}

/** Bounds are floats, and the standard wants to see it. */
function boundText(bound: number): string {
  return Number.isInteger(bound) ? `${bound}.0` : numberText(bound);
}

function toLabels(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name.replace(/[^a-zA-Z0-9_]/g, "_"),
      String(value),
    ]),
  );
}
