import type { OtlpAttribute, OtlpMetric, OtlpRequest } from "@/lib/series/otlp/schema";
import type { SeriesIdentity, SeriesSamples, SeriesShape } from "@/lib/series/types";

/** Senders that do not say where they run are taken to speak of production. */
const unnamedEnvironment = "production";
const unnamedService = "unknown_service";
const cumulative = 2;
/** Finer exponential buckets are folded to this scale: a factor of 2^(1/4) each. */
const finestScale = 2;

/**
 * A request as series, one for each set of labels. Resource attributes name the
 * service and environment; version and instance become labels.
 * Source: opentelemetry.io/docs/specs/semconv/resource.
 */
export function toSeries(request: OtlpRequest): SeriesSamples[] {
  const collected = new Map<string, SeriesSamples>();
  for (const { resource, scopeMetrics } of request.resourceMetrics) {
    const place = placeOf(resource?.attributes ?? []);
    for (const { metrics } of scopeMetrics)
      for (const metric of metrics)
        for (const point of pointsOf(metric)) collect(collected, { ...place, ...point });
  }
  return [...collected.values()];
}

interface Place {
  service: string;
  environment: string;
  labels: Record<string, string>;
}

function placeOf(resource: OtlpAttribute[]): Place {
  const given = labelsOf(resource);
  const labels: Record<string, string> = {};
  for (const name of ["service.version", "service.instance.id"]) {
    const value = given[name];
    if (value) labels[name] = value;
  }
  return {
    service: given["service.name"] || unnamedService,
    // deployment.environment is the name before semantic conventions 1.27.
    environment:
      given["deployment.environment.name"] || given["deployment.environment"] || unnamedEnvironment,
    labels,
  };
}

interface Point {
  metric: string;
  unit: string;
  shape: SeriesShape;
  own: Record<string, string>;
  at: number;
  value: number;
}

function* pointsOf(metric: OtlpMetric): Generator<Point> {
  const { name, unit } = metric;
  for (const point of metric.gauge?.dataPoints ?? []) yield numberPoint(name, unit, "gauge", point);
  if (metric.sum) {
    const shape = shapeOf(metric.sum.aggregationTemporality, metric.sum.isMonotonic);
    for (const point of metric.sum.dataPoints) yield numberPoint(name, unit, shape, point);
  }
  if (metric.histogram) {
    const shape = shapeOf(metric.histogram.aggregationTemporality, true);
    for (const point of metric.histogram.dataPoints) {
      yield* totals(name, unit, shape, point);
      const own = labelsOf(point.attributes);
      for (const [index, value] of point.bucketCounts.entries()) {
        const le = String(point.explicitBounds[index] ?? "+Inf");
        yield bucket(name, unit, shape, own, le, point.timeUnixNano, value);
      }
    }
  }
  if (metric.exponentialHistogram) {
    const shape = shapeOf(metric.exponentialHistogram.aggregationTemporality, true);
    for (const point of metric.exponentialHistogram.dataPoints) {
      yield* totals(name, unit, shape, point);
      const own = labelsOf(point.attributes);
      for (const [le, value] of exponentialBuckets(point))
        yield bucket(name, unit, shape, own, le, point.timeUnixNano, value);
    }
  }
  for (const point of metric.summary?.dataPoints ?? []) {
    yield* totals(name, unit, "counter", point);
    const own = labelsOf(point.attributes);
    for (const { quantile, value } of point.quantileValues) {
      const labels = { ...own, quantile: String(quantile) };
      yield { metric: name, unit, shape: "gauge", own: labels, at: point.timeUnixNano, value };
    }
  }
}

type NumberPoint = NonNullable<OtlpMetric["gauge"]>["dataPoints"][number];

function numberPoint(metric: string, unit: string, shape: SeriesShape, point: NumberPoint): Point {
  const value = point.asDouble ?? point.asInt ?? Number.NaN;
  return { metric, unit, shape, own: labelsOf(point.attributes), at: point.timeUnixNano, value };
}

function shapeOf(temporality: number, monotonic: boolean): SeriesShape {
  if (!monotonic) return "gauge";
  return temporality === cumulative ? "counter" : "delta";
}

function* totals(
  name: string,
  unit: string,
  shape: SeriesShape,
  point: { attributes: OtlpAttribute[]; timeUnixNano: number; count: number; sum?: number },
): Generator<Point> {
  const own = labelsOf(point.attributes);
  const at = point.timeUnixNano;
  yield { metric: `${name}.count`, unit: "1", shape, own, at, value: point.count };
  if (point.sum !== undefined)
    yield { metric: `${name}.sum`, unit, shape, own, at, value: point.sum };
}

function bucket(
  name: string,
  unit: string,
  shape: SeriesShape,
  own: Record<string, string>,
  le: string,
  at: number,
  value: number,
): Point {
  return { metric: `${name}.bucket`, unit, shape, own: { ...own, le }, at, value };
}

type ExponentialPoint = NonNullable<OtlpMetric["exponentialHistogram"]>["dataPoints"][number];

/** Upper bounds and counts; base 2^(2^-scale), bucket i ends at base^(i + 1). */
function exponentialBuckets(point: ExponentialPoint): [string, number][] {
  const fold = Math.max(0, point.scale - finestScale);
  const base = 2 ** (2 ** -(point.scale - fold));
  const folded = new Map<number, number>();
  for (const [index, value] of (point.positive?.bucketCounts ?? []).entries()) {
    const at = ((point.positive?.offset ?? 0) + index) >> fold;
    folded.set(at, (folded.get(at) ?? 0) + value);
  }
  const buckets = [...folded].map(([index, value]): [string, number] => [
    String(base ** (index + 1)),
    value,
  ]);
  return point.zeroCount > 0 ? [["0", point.zeroCount], ...buckets] : buckets;
}

function labelsOf(attributes: OtlpAttribute[]): Record<string, string> {
  const labels: Record<string, string> = Object.create(null);
  for (const { key, value } of attributes) {
    const known =
      value?.stringValue ?? value?.intValue ?? value?.doubleValue ?? value?.boolValue ?? "";
    labels[key] = String(known);
  }
  return labels;
}

function collect(collected: Map<string, SeriesSamples>, given: Place & Point): void {
  const labels = { ...given.labels, ...given.own };
  const identity: SeriesIdentity = {
    service: given.service,
    environment: given.environment,
    metric: given.metric,
    unit: given.unit,
    shape: given.shape,
    labels,
  };
  const key = identityText(identity);
  const series = collected.get(key) ?? { ...identity, samples: [] };
  series.samples.push([given.at, given.value]);
  collected.set(key, series);
}

/** One text per series, whatever the order of its labels. */
export function identityText(identity: SeriesIdentity): string {
  const { service, environment, metric, unit, shape } = identity;
  const labels = Object.entries(identity.labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([service, environment, metric, unit, shape, labels]);
}
