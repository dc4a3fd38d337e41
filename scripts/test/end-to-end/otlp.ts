import { countersAt, type Phase } from "@/scripts/test/end-to-end/traffic";

const cumulative = 2;

/** The counters of each version at these moments, as OTLP/HTTP JSON. */
export function otlpBody(
  service: string,
  versions: ReadonlyMap<string, Phase[]>,
  times: readonly number[],
): object {
  return {
    resourceMetrics: [...versions].map(([version, phases]) => ({
      resource: {
        attributes: [
          attribute("service.name", service),
          attribute("service.version", version),
          attribute("deployment.environment.name", "production"),
        ],
      },
      scopeMetrics: [
        {
          metrics: [
            {
              name: "http_requests_total",
              sum: {
                aggregationTemporality: cumulative,
                isMonotonic: true,
                dataPoints: points(phases, times),
              },
            },
          ],
        },
      ],
    })),
  };
}

/** None before the version's first request: it did not run yet. */
function points(phases: readonly Phase[], times: readonly number[]): object[] {
  const startedAt = phases[0]?.from ?? Number.POSITIVE_INFINITY;
  return times
    .filter((at) => at >= startedAt)
    .flatMap((at) => {
      const { succeeded, failed } = countersAt(phases, at);
      return [point(at, "200", succeeded), point(at, "500", failed)];
    });
}

function point(at: number, status: string, value: number): object {
  return {
    timeUnixNano: `${at}000000`,
    asInt: String(value),
    attributes: [attribute("status", status)],
  };
}

const attribute = (key: string, text: string) => ({ key, value: { stringValue: text } });
