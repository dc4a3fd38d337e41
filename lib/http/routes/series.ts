import { z } from "zod";
import { namesField, timeField } from "@/lib/http/fields";
import { type SeriesAnswer, seriesAnswer } from "@/lib/http/figure-answers";
import { type Rows, route } from "@/lib/http/route";
import { listSeries, readSeries } from "@/lib/series/read-series";

const seriesListAnswer = z.object({
  metrics: z.array(z.object({ metric: z.string(), unit: z.string(), title: z.string() })),
});

const defaultWindowHours = 3;

export const readSeriesRoute = route({
  operation: "readSeries",
  method: "GET",
  path: "/api/v1/series",
  summary: "A graph's points; without a metric, which there are",
  access: "read",
  side: "next",
  query: z.strictObject({
    service: z.string().min(1),
    environment: namesField.default([]),
    metric: z.string().optional(),
    from: timeField.optional(),
    to: timeField.optional(),
    points: z.coerce.number().int().min(3).max(2_000).default(600),
    by: z.enum(["version", "instance"]).optional(),
  }),
  answer: z.union([seriesAnswer, seriesListAnswer]),
  table: (answer) => ("metrics" in answer ? answer.metrics : pointRows(answer)),
  run: (context, { query }) => {
    const { service, environment, metric, points, by } = query;
    if (metric === undefined) return listSeries(context, { service, environments: environment });
    const to = query.to ?? context.clock.now();
    const from = query.from ?? new Date(to.getTime() - defaultWindowHours * 3_600_000);
    return readSeries(context, {
      service,
      environments: environment,
      metric,
      from,
      to,
      points,
      by,
    });
  },
});

/** A row for each point of each series, its labels in columns of their own. */
function pointRows({ unit, series }: SeriesAnswer): Rows {
  return series.flatMap(({ labels, points }) =>
    points.map(([at, value]) => ({
      at: new Date(at).toISOString(),
      value,
      unit,
      ...Object.fromEntries(
        Object.entries(labels).map(([name, label]) => [`labels.${name}`, label]),
      ),
    })),
  );
}
