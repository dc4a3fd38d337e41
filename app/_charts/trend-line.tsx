"use client";

import "./charts.css";
import { memo, useMemo } from "react";
import { defaultHeight, plot } from "./geometry";
import { areaPath, linePath } from "./line-path";
import { LonePoints, SeriesPath } from "./series-path";
import { SeriesSample, seriesStroke } from "./series-stroke";
import { columnPoints, trendScale } from "./trend";
import { TrendFrame, type TrendProps, trendY } from "./trend-frame";
import type { Bucket, Points } from "./types";

export interface TrendLineProps extends TrendProps {
  /** The name of the buckets' `second` figure; drawn dashed where given. */
  secondName?: string;
}

/** A line over the buckets that stops where there is no data; dotted into and out of partial ones. */
export const TrendLine = memo(function TrendLine(props: TrendLineProps) {
  const { buckets, unit, target, secondName, height = defaultHeight } = props;
  const inner = height - plot.top - plot.bottom;
  const scale = useMemo(
    () => trendScale(buckets, unit, inner, target?.value),
    [buckets, unit, inner, target?.value],
  );
  const xOf = (x: number) => x;
  const yOf = (value: number) => trendY(scale, inner, value);
  const lineOf = (points: Points) => linePath(points, xOf, yOf);
  const values = columnPoints(buckets, (bucket) => bucket.value);
  const whole = (points: Points): Points =>
    points.map(([x, value], index) => [x, buckets[index]?.partial ? null : value]);

  return (
    <TrendFrame
      {...props}
      height={height}
      scale={scale}
      legend={secondName && <Names value={props.valueName ?? props.title} second={secondName} />}
      backdrop={
        <>
          <path d={areaPath(values, xOf, yOf, inner)} fill="var(--chart-ink)" opacity="0.06" />
          <GhostPath d={lineOf(columnPoints(buckets, (bucket) => bucket.previous))} />
          {secondName && (
            <SeriesPath
              points={columnPoints(buckets, (bucket) => bucket.second)}
              index={1}
              {...{ xOf, yOf }}
            />
          )}
          <Stroke d={lineOf(values)} faint />
          <Stroke d={lineOf(whole(values))} />
          <LonePoints points={values} index={0} {...{ xOf, yOf }} />
        </>
      }
      column={(bucket) => <Dot bucket={bucket} share={(value) => yOf(value) / inner} />}
    />
  );
});

/** `faint` lies under the whole line and shows where it leads to partial buckets. */
function Stroke({ d, faint = false }: { d: string; faint?: boolean }) {
  return (
    <path
      d={d}
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      vectorEffect="non-scaling-stroke"
      {...seriesStroke(0)}
      {...(faint ? { strokeDasharray: "1 4" } : { strokeWidth: 1.8 })}
    />
  );
}

function Names({ value, second }: { value: string; second: string }) {
  return (
    <ul className="chart-series">
      {[value, second].map((name, index) => (
        <li key={name}>
          <SeriesSample index={index} />
          {name}
        </li>
      ))}
    </ul>
  );
}

/** Shown under the pointer and the keyboard, to say which bucket is meant. */
function Dot({ bucket, share }: { bucket: Bucket; share: (value: number) => number }) {
  if (bucket.value === null) return null;
  return <span className="chart-dot" style={{ top: `${share(bucket.value) * 100}%` }} />;
}

/** The period before, as a pale dashed line. */
function GhostPath({ d }: { d: string }) {
  return (
    <path
      d={d}
      fill="none"
      stroke="var(--chart-muted)"
      strokeDasharray="3 3"
      strokeLinecap="round"
      strokeWidth="1.2"
      opacity="0.75"
      vectorEffect="non-scaling-stroke"
    />
  );
}
