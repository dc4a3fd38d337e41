import { z } from "zod";
import {
  booleanField,
  bucketField,
  definitionField,
  namesField,
  timeField,
  timezoneField,
  weekStartField,
} from "@/lib/http/fields";
import { markerAnswer, metricsAnswer } from "@/lib/http/figure-answers";
import { route } from "@/lib/http/route";
import { readDevlakeMetrics } from "@/lib/metrics/devlake/read-devlake-metrics";
import { readMetrics } from "@/lib/metrics/read-metrics";
import { readMarkers } from "@/lib/series/read-markers";

const defaultWindowDays = 28;

export const readMetricsRoute = route({
  operation: "readMetrics",
  method: "GET",
  path: "/api/v1/metrics",
  summary: "The five delivery metrics and the remedies, in total and per bucket",
  access: "read",
  side: "next",
  query: z.strictObject({
    from: timeField.optional(),
    to: timeField.optional(),
    bucket: bucketField.default("week"),
    timezone: timezoneField.default("UTC"),
    service: namesField.default([]),
    team: namesField.default([]),
    environment: namesField.default([]),
    weekStart: weekStartField,
    compare: z.enum(["previous"]).optional(),
    stages: booleanField.default(false),
    definition: definitionField,
  }),
  answer: metricsAnswer,
  run: (context, { query }) => {
    const to = query.to ?? context.clock.now();
    const read = query.definition === "devlake" ? readDevlakeMetrics : readMetrics;
    return read(context, {
      from: query.from ?? new Date(to.getTime() - defaultWindowDays * 86_400_000),
      to,
      bucket: query.bucket,
      timezone: query.timezone,
      scope: { services: query.service, teams: query.team, environments: query.environment },
      weekStart: query.weekStart,
      compare: query.compare,
      stages: query.stages,
    });
  },
});

export const readMarkersRoute = route({
  operation: "readMarkers",
  method: "GET",
  path: "/api/v1/markers",
  summary: "The lines over a graph: deployments, releases and incidents",
  access: "read",
  side: "next",
  query: z.strictObject({
    service: namesField.default([]),
    environment: namesField.default([]),
    dependencies: booleanField.default(false),
    from: timeField,
    to: timeField,
  }),
  answer: z.object({ items: z.array(markerAnswer) }),
  run: (context, { query }) =>
    readMarkers(context, {
      services: query.service,
      environments: query.environment,
      dependencies: query.dependencies,
      from: query.from,
      to: query.to,
    }),
});
