import "./charts.css";
import { areaPath } from "./line-path";
import { SeriesPath } from "./series-path";
import type { Point, Points } from "./types";

interface SparklineProps {
  /** Says what the line shows: "Deployments a day, last 30 days: 41 now, 3 to 52". */
  label: string;
  points: Points;
  width?: number;
  height?: number;
}

/** A line the size of a word. Gaps stay gaps; a flat line lies in the middle. */
export function Sparkline({ label, points, width = 96, height = 24 }: SparklineProps) {
  const known = points.filter((point): point is Point & { 1: number } => point[1] !== null);
  const first = points[0]?.[0] ?? 0;
  const span = (points.at(-1)?.[0] ?? 0) - first || 1;
  const low = Math.min(...known.map(([, value]) => value));
  const high = Math.max(...known.map(([, value]) => value));
  const xOf = (at: number) => 2 + ((at - first) / span) * (width - 4);
  const yOf = (value: number) =>
    high === low ? height / 2 : height - 3 - ((value - low) / (high - low)) * (height - 6);
  const last = known.at(-1);

  return (
    <svg className="chart-sparkline" role="img" aria-label={label} width={width} height={height}>
      {known.length === 0 ? (
        <path
          d={`M2 ${height / 2}h${width - 4}`}
          stroke="var(--chart-muted)"
          strokeDasharray="2 3"
        />
      ) : (
        <>
          <path d={areaPath(points, xOf, yOf, height)} fill="var(--chart-ink)" opacity="0.07" />
          <SeriesPath {...{ points, xOf, yOf }} index={0} />
        </>
      )}
      {last && <circle cx={xOf(last[0])} cy={yOf(last[1])} r="2" fill="var(--chart-ink)" />}
    </svg>
  );
}
