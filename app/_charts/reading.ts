import { kinds } from "./kinds";
import type { Mark } from "./marks";
import { reachOf, valueNear } from "./rows";
import { formatTime } from "./ticks";
import type { Graph, TimeRange, Unit } from "./types";
import { formatDuration, formatValue } from "./units";

export interface ReadingLine {
  key: string;
  /** The graph's title, and the series' name where a graph has several. */
  name: string;
  /** The series' place in its graph, for its stroke. */
  index: number;
  unit: Unit;
  valueAt: (at: number) => number | null;
}

/** One line for each series of each graph, in order. */
export function readingLines(graphs: readonly Graph[]): ReadingLine[] {
  return graphs.flatMap(({ id, title, unit, series }) =>
    series.map(({ name, points }, index) => {
      const reach = reachOf(points);
      return {
        key: `${id} ${index}`,
        name: series.length > 1 ? `${title}, ${name}` : title,
        index,
        unit,
        valueAt: (at: number) => valueNear(points, at, reach),
      };
    }),
  );
}

/** The deployment or release nearest to a time; null where there is none. */
export function nearestMark(marks: readonly Mark[], at: number): Mark | null {
  let nearest: Mark | null = null;
  for (const mark of marks) {
    if (mark.kind === "incident") continue;
    if (!nearest || Math.abs(mark.at - at) < Math.abs(nearest.at - at)) nearest = mark;
  }
  return nearest;
}

/** The incidents that were open at a time. */
export function openAt(marks: readonly Mark[], at: number): Mark[] {
  return marks.filter(
    (mark) => mark.kind === "incident" && mark.at <= at && (mark.endAt === null || mark.endAt > at),
  );
}

/** The next or previous deployment from a time; null at the end of the range. */
export function stepDeployment(
  marks: readonly Mark[],
  at: number,
  direction: 1 | -1,
  { from, to }: TimeRange,
): Mark | null {
  const deployments = marks.filter(
    (mark) => mark.marker.kind === "deployment" && mark.at >= from && mark.at <= to,
  );
  return direction === 1
    ? (deployments.find((mark) => mark.at > at) ?? null)
    : (deployments.findLast((mark) => mark.at < at) ?? null);
}

/** "Rollback 2.480.2": a mark in words, with its service where that is another one's. */
export function markName(mark: Mark, service?: string): string {
  const { label, service: owner, failed } = mark.marker;
  const whose = owner === service || owner === "" ? "" : ` of ${owner}`;
  const outcome = failed && mark.kind !== "failed" ? ", failed" : "";
  return `${kinds[mark.kind].label} ${label}${whose}${outcome}`;
}

/** "24 s earlier", "at this time": where a mark stands, seen from a time. */
export function markDistance(mark: Mark, at: number): string {
  const seconds = Math.round((at - mark.at) / 1000);
  if (seconds === 0) return "at this time";
  return `${formatDuration(Math.abs(seconds))} ${seconds > 0 ? "earlier" : "later"}`;
}

/** All that the crosshair shows at a time, as one sentence for those who hear it. */
export function describeReading(
  lines: readonly ReadingLine[],
  marks: readonly Mark[],
  at: number,
  timezone: string,
  { from, to }: TimeRange,
): string {
  const values = lines.map(
    ({ name, unit, valueAt }) => `${name} ${formatValue(valueAt(at), unit)}`,
  );
  const mark = nearestMark(marks, at);
  const near = mark ? [`${markName(mark)} ${markDistance(mark, at)}`] : [];
  const open = openAt(marks, at).map((incident) => `${markName(incident)} open`);
  return [formatTime(at, timezone, to - from), ...values, ...near, ...open].join("; ");
}
