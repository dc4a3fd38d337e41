import { plot } from "./geometry";
import type { Mark } from "./marks";
import { seriesValues, type ValueScale, valueScale } from "./scale";
import { type TimeTick, ticksThatFit, timeTicks } from "./ticks";
import type { Graph, TimeRange } from "./types";

/** All that is decided before a graph is drawn, on the server or by Recharts. */
export interface Picture {
  graph: Graph;
  range: TimeRange;
  marks: readonly Mark[];
  height: number;
  values: ValueScale;
  times: readonly TimeTick[];
}

/** Decides axes and ticks for a graph of a width. */
export function composePicture(
  graph: Graph,
  range: TimeRange,
  marks: readonly Mark[],
  timezone: string,
  width: number,
  height: number,
): Picture {
  const values = valueScale(seriesValues(graph.series), {
    unit: graph.unit,
    height: height - plot.top - plot.bottom,
    baseline: graph.baseline,
    include: graph.threshold ? [graph.threshold.value] : [],
  });
  const most = ticksThatFit(width - plot.left - plot.right);
  return {
    graph,
    range,
    marks,
    height,
    values,
    times: timeTicks(range.from, range.to, timezone, most),
  };
}
