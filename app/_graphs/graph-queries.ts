import { markersQuery, type SeriesName, seriesQuery } from "@/app/_query/queries";

export interface Stretch {
  from: Date;
  to: Date;
}

interface Place {
  service: string;
  environment: string;
}

/** On every service's page, in this order, whether or not they have arrived yet. */
export const standard: SeriesName[] = [
  { metric: "error_ratio", unit: "ratio", title: "Error ratio" },
  { metric: "latency_p95", unit: "seconds", title: "Latency p95" },
  { metric: "request_rate", unit: "per_second", title: "Traffic" },
];

export function graphQuery(place: Place, metric: string, { from, to }: Stretch, points = 600) {
  return seriesQuery({
    ...place,
    metric,
    from: from.toISOString(),
    to: to.toISOString(),
    points,
  });
}

/** The service's lines and those of the services it depends on. */
export function linesQuery(place: Place, { from, to }: Stretch) {
  return markersQuery({
    ...place,
    dependencies: true,
    from: from.toISOString(),
    to: to.toISOString(),
  });
}

/** What a page's graphs will ask first: the server answers it before the first paint. */
export function graphQuestions(place: Place, stretch: Stretch, points?: number) {
  return [
    ...standard.map(({ metric }) => graphQuery(place, metric, stretch, points)),
    linesQuery(place, stretch),
  ];
}
