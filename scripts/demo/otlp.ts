import { latencyBounds } from "@/scripts/demo/latency";
import type { Sample, SampleBatch } from "@/scripts/demo/metrics";
import { organisation } from "@/scripts/demo/world";

/** Each point counts since the one before, or since the beginning. */
const delta = 1;
const cumulative = 2;

/** An OTLP/HTTP JSON metrics export: 64-bit integers as text, enums as numbers. */
export function otlpBody(batches: SampleBatch[]): Record<string, unknown> {
  return {
    resourceMetrics: batches.flatMap(({ service, environment, samples }) =>
      byInstance(samples).map((ofInstance) => {
        const [first] = ofInstance;
        return {
          resource: {
            attributes: [
              attribute("service.name", service),
              attribute("service.namespace", organisation),
              ...(first?.version ? [attribute("service.version", first.version)] : []),
              ...(first?.instance ? [attribute("service.instance.id", first.instance)] : []),
              attribute("deployment.environment.name", environment),
            ],
          },
          scopeMetrics: [
            { scope: { name: "pushline.demo", version: "1" }, metrics: metricsOf(ofInstance) },
          ],
        };
      }),
    ),
  };
}

function metricsOf(samples: Sample[]) {
  return [
    {
      name: "http.server.request.duration",
      unit: "s",
      description: "Duration of HTTP server requests.",
      histogram: {
        aggregationTemporality: samples[0]?.instance === null ? cumulative : delta,
        dataPoints: samples.flatMap(durationPoints),
      },
    },
    {
      name: "process.cpu.utilization",
      unit: "1",
      description: "Share of the processor's time that the process used.",
      gauge: {
        dataPoints: samples.map(({ to, cpu }) => ({
          timeUnixNano: nano(to),
          asDouble: round(cpu),
        })),
      },
    },
    {
      name: "process.memory.usage",
      unit: "By",
      description: "Memory that the process holds.",
      sum: {
        aggregationTemporality: cumulative,
        isMonotonic: false,
        dataPoints: samples.map(({ to, memoryBytes }) => ({
          timeUnixNano: nano(to),
          asInt: String(memoryBytes),
        })),
      },
    },
  ];
}

function durationPoints({ from, to, requests }: Sample) {
  return requests.map(({ statusCode, count, sumSeconds, buckets }) => ({
    startTimeUnixNano: nano(from),
    timeUnixNano: nano(to),
    count: String(count),
    sum: sumSeconds,
    ...(buckets.length > 0
      ? { bucketCounts: buckets.map(String), explicitBounds: latencyBounds }
      : {}),
    attributes: [
      attribute("http.request.method", "GET"),
      { key: "http.response.status_code", value: { intValue: String(statusCode) } },
    ],
  }));
}

function byInstance(samples: Sample[]): Sample[][] {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const name = `${sample.version}\0${sample.instance}`;
    const group = groups.get(name);
    if (group) group.push(sample);
    else groups.set(name, [sample]);
  }
  return [...groups.values()];
}

const attribute = (key: string, text: string) => ({ key, value: { stringValue: text } });
const nano = (at: number) => `${at}000000`;
const round = (value: number) => Math.round(value * 10_000) / 10_000;
