import "./charts.css";
import { assumedWidth, defaultHeight } from "./geometry";
import { GraphFrame } from "./graph-frame";
import { readMarks } from "./marks";
import { composePicture } from "./picture";
import { StaticPicture } from "./static-picture";
import { summarise } from "./summary";
import type { Graph, Marker, TimeRange } from "./types";

export interface StaticGraphProps extends TimeRange {
  graph: Graph;
  /** An IANA zone. */
  timezone: string;
  markers: readonly Marker[];
}

/** A graph as plain SVG: for server components, mails and first paints. Not interactive. */
export function StaticGraph({ graph, from, to, timezone, markers }: StaticGraphProps) {
  const height = graph.height ?? defaultHeight;
  const range = { from, to };
  const marks = readMarks(markers);
  const picture = composePicture(graph, range, marks, timezone, assumedWidth, height);
  return (
    <GraphFrame graph={graph} height={height} summary={summarise(graph, marks, range, timezone)}>
      <StaticPicture picture={picture} />
    </GraphFrame>
  );
}
