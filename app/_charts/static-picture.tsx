import { useId } from "react";
import { assumedWidth, plot } from "./geometry";
import { IncidentHatch } from "./incident-hatch";
import { kinds } from "./kinds";
import { areaPath } from "./line-path";
import { markerPaths, rolloutOpacity, symbolPath } from "./marker-paths";
import { openSpans } from "./marks";
import type { Picture } from "./picture";
import { SeriesPath } from "./series-path";
import { seriesStroke } from "./series-stroke";

const innerWidth = assumedWidth - plot.left - plot.right;

/**
 * A graph without Recharts, for the server and for the first paint: the same
 * look at any width, because paths stretch while strokes and texts do not.
 */
export function StaticPicture({ picture }: { picture: Picture }) {
  const hatch = useId();
  const { graph, range, marks, height, values, times } = picture;
  const inner = { x: 0, y: plot.top, width: innerWidth, height: height - plot.top - plot.bottom };
  const bottom = inner.y + inner.height;
  const share = (at: number) => (at - range.from) / (range.to - range.from);
  const xOf = (at: number) => share(at) * innerWidth;
  const yOf = (value: number) =>
    bottom - ((value - values.min) / (values.max - values.min)) * inner.height;
  const paths = markerPaths(marks, xOf, inner);

  return (
    <div className="chart-static" aria-hidden="true">
      <svg width="100%" height={height}>
        <title>{graph.title}</title>
        {values.ticks.map(({ value, label }) => (
          <g key={value}>
            <line x1="0" x2="100%" y1={yOf(value)} y2={yOf(value)} stroke="var(--chart-grid)" />
            <text x="-8" y={yOf(value)} dy="0.355em" textAnchor="end" fill="var(--chart-muted)">
              {label}
            </text>
          </g>
        ))}
        {times.map(({ at, label }, index) => (
          <text
            key={at}
            className={index % 2 === 1 ? "chart-tick-odd" : undefined}
            x={percent(share(at))}
            y={bottom + 8}
            dy="0.71em"
            textAnchor="middle"
            fill="var(--chart-muted)"
          >
            {label}
          </text>
        ))}
        <IncidentHatch id={hatch} />
        {openSpans(marks, range.from, range.to).map((span) => (
          <rect
            key={span.from}
            x={percent(share(span.from))}
            width={percent(share(span.to) - share(span.from))}
            y={inner.y}
            height={inner.height}
            fill={`url(#${hatch})`}
          />
        ))}
        <svg
          aria-hidden="true"
          width="100%"
          height={height}
          viewBox={`0 0 ${innerWidth} ${height}`}
          preserveAspectRatio="none"
        >
          {paths.map(({ kind, lines, rollouts, opacity }) => (
            <g key={kind}>
              <path d={rollouts} fill={kinds[kind].colour} opacity={rolloutOpacity} />
              <path
                d={lines}
                fill="none"
                stroke={kinds[kind].colour}
                opacity={opacity}
                strokeDasharray={kinds[kind].dash}
                strokeWidth={kinds[kind].width}
                vectorEffect="non-scaling-stroke"
              />
            </g>
          ))}
          {graph.series.map(({ name, points, shape }, index) => (
            <g key={name}>
              {shape === "area" && (
                <path
                  d={areaPath(points, xOf, yOf, yOf(Math.max(0, values.min)))}
                  fill={seriesStroke(index).stroke}
                  opacity="0.08"
                />
              )}
              <SeriesPath {...{ points, index, xOf, yOf }} />
            </g>
          ))}
        </svg>
        {paths.map(({ kind, symbols }) =>
          symbols.map((x) => (
            <svg
              key={`${kind} ${x}`}
              aria-hidden="true"
              x={percent(x / innerWidth)}
              overflow="visible"
            >
              <path d={symbolPath(kind, [0], plot.top)} fill={kinds[kind].colour} />
            </svg>
          )),
        )}
        {graph.threshold && (
          <g>
            <line
              x1="0"
              x2="100%"
              y1={yOf(graph.threshold.value)}
              y2={yOf(graph.threshold.value)}
              stroke="var(--chart-threshold)"
              strokeDasharray="4 3"
            />
            <text
              className="chart-halo"
              x="100%"
              dx="-4"
              y={yOf(graph.threshold.value) - 4}
              textAnchor="end"
              fill="var(--chart-threshold)"
            >
              {graph.threshold.label}
            </text>
          </g>
        )}
      </svg>
    </div>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 1e5) / 1e3}%`;
}
