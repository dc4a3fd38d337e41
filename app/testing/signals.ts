const minute = 60_000;
const bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** Three hours of a service's requests a minute apart, as OTLP: errors and latency rise at `brokenAt`. */
export function signals(service: string, now: number, brokenAt: number): Record<string, unknown> {
  const times = Array.from({ length: 180 }, (_, index) => now - (180 - index) * minute);
  return {
    resourceMetrics: [
      {
        resource: {
          attributes: [
            attribute("service.name", service),
            attribute("deployment.environment.name", "production"),
          ],
        },
        scopeMetrics: [
          {
            scope: { name: "test" },
            metrics: [
              {
                name: "http.server.request.duration",
                unit: "s",
                histogram: {
                  aggregationTemporality: 1,
                  dataPoints: times.flatMap((at) => [
                    point(at, 200, at >= brokenAt ? 5_700 : 5_990, at >= brokenAt),
                    point(at, 500, at >= brokenAt ? 300 : 10, at >= brokenAt),
                  ]),
                },
              },
            ],
          },
        ],
      },
    ],
  };
}

function point(at: number, statusCode: number, count: number, slow: boolean) {
  const counts = bounds.map(() => 0).concat(0);
  counts[slow ? 3 : 2] = count;
  return {
    startTimeUnixNano: `${at - minute}000000`,
    timeUnixNano: `${at}000000`,
    count: String(count),
    sum: count * (slow ? 0.4 : 0.2),
    bucketCounts: counts.map(String),
    explicitBounds: bounds,
    attributes: [
      attribute("http.request.method", "GET"),
      { key: "http.response.status_code", value: { intValue: String(statusCode) } },
    ],
  };
}

const attribute = (key: string, text: string) => ({ key, value: { stringValue: text } });
