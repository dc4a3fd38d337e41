import type { ReactNode } from "react";
import { lastValue } from "./rows";
import { SeriesSample } from "./series-stroke";
import { StatusMessage } from "./status-message";
import type { Graph } from "./types";
import { formatValue } from "./units";

interface GraphFrameProps {
  graph: Graph;
  height: number;
  /** What the picture shows, in words. */
  summary: string;
  children: ReactNode;
}

/** A graph's header and the room for its picture: of one height whatever the state. */
export function GraphFrame({ graph, height, summary, children }: GraphFrameProps) {
  const loading = graph.status?.state === "loading";
  return (
    <figure className="chart" aria-busy={loading || undefined}>
      <figcaption className="chart-head">
        <span className="chart-title">{graph.title}</span>
        {graph.series.length > 1 && <SeriesNames graph={graph} />}
        {loading ? <span className="chart-value-skeleton" /> : <Now graph={graph} />}
      </figcaption>
      <div className="chart-picture" style={{ height }}>
        <div role="img" aria-label={summary}>
          {children}
        </div>
        <StatusMessage status={graph.status} empty={isEmpty(graph)} />
      </div>
    </figure>
  );
}

function SeriesNames({ graph }: { graph: Graph }) {
  return (
    <ul className="chart-series">
      {graph.series.map(({ name, points }, index) => (
        <li key={name}>
          <SeriesSample index={index} />
          {name} <b>{formatValue(lastValue(points), graph.unit)}</b>
        </li>
      ))}
    </ul>
  );
}

function Now({ graph }: { graph: Graph }) {
  const [first, second] = graph.series;
  // Of several series each has its own figure, beside its name.
  if (second && graph.now === undefined) return null;
  const now = graph.now === undefined ? (first ? lastValue(first.points) : null) : graph.now;
  return (
    <span className="chart-now">
      {formatValue(now, graph.unit)}
      {graph.was !== undefined && <small>was {formatValue(graph.was, graph.unit)}</small>}
    </span>
  );
}

function isEmpty(graph: Graph): boolean {
  return graph.series.every(({ points }) => points.every(([, value]) => value === null));
}
