"use client";

import { StaticGraph } from "@/app/_charts/static-graph";
import type { Graph, Points } from "@/app/_charts/types";
import { Card } from "@/app/_ui/card";
import { useTimezone } from "@/app/_window/timezone";
import type { SourceHealthAnswer } from "@/lib/http/source-health-answers";

type Hour = SourceHealthAnswer["hours"][number];

/** Deliveries an hour over the last week. */
export function Arrivals({ hours }: { hours: readonly Hour[] }) {
  const { timezone } = useTimezone();
  const points = (count: (hour: Hour) => number): Points =>
    hours.map((hour) => [Date.parse(hour.start), count(hour)]);
  const refused = hours.some((hour) => hour.refused > 0);
  const graph: Graph = {
    id: "arrivals",
    title: "Deliveries an hour",
    unit: "count",
    series: [
      {
        name: "arrived",
        points: points(({ accepted, ignored, failed }) => accepted + ignored + failed),
        shape: "area",
      },
      { name: "failed", points: points(({ failed }) => failed) },
      ...(refused ? [{ name: "refused", points: points((hour) => hour.refused) }] : []),
    ],
    height: 140,
  };
  const from = Date.parse(hours[0]?.start ?? "");
  const to = Date.parse(hours.at(-1)?.start ?? "");
  if (Number.isNaN(from)) return null;
  return (
    <Card className="pt-2">
      <StaticGraph {...{ graph, from, to, timezone }} markers={[]} />
    </Card>
  );
}
