import { kindKeys, kinds } from "./kinds";
import type { Mark } from "./marks";
import { lastValue } from "./rows";
import { formatTime } from "./ticks";
import type { Graph, TimeRange } from "./types";
import { formatValue } from "./units";

/** What a graph shows, in a sentence: for those who do not see it. */
export function summarise(
  graph: Graph,
  marks: readonly Mark[],
  { from, to }: TimeRange,
  timezone: string,
): string {
  const range = `${formatTime(from, timezone, to - from)} to ${formatTime(to, timezone, to - from)}`;
  return [
    `${graph.title}, ${range}`,
    ...graph.series.map(seriesSummary),
    ...counts(marks, from, to),
  ].join("; ");

  function seriesSummary({ name, points }: Graph["series"][number]): string {
    const prefix = graph.series.length > 1 ? `${name} ` : "";
    const values = points.flatMap(([, value]) => (value === null ? [] : [value]));
    if (values.length === 0) return `${prefix}no data`;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const told = (value: number | null) => formatValue(value, graph.unit);
    return `${prefix}now ${told(lastValue(points))}, lowest ${told(low)}, highest ${told(high)}`;
  }
}

function counts(marks: readonly Mark[], from: number, to: number): string[] {
  const within = marks.filter(
    (mark) =>
      mark.at < to &&
      (mark.kind === "incident" ? mark.endAt === null || mark.endAt > from : mark.at >= from),
  );
  return kindKeys.flatMap((key) => {
    const count = within.filter((mark) => mark.kind === key).length;
    if (count === 0) return [];
    return [
      count === 1
        ? `1 ${kinds[key].label.toLowerCase()}`
        : `${kinds[key].plural.toLowerCase()}: ${count}`,
    ];
  });
}
