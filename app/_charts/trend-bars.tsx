"use client";

import "./charts.css";
import { memo, useMemo } from "react";
import { defaultHeight, plot } from "./geometry";
import { linePath } from "./line-path";
import { columnPoints, type TrendPart, trendScale } from "./trend";
import { TrendFrame, type TrendProps, trendY } from "./trend-frame";
import type { Bucket } from "./types";

export interface TrendBarsProps extends TrendProps {
  /** Bars are stacked of these, in this order from the bottom. */
  parts?: readonly TrendPart[];
  /** Any CSS colour; for bars without parts. */
  colour?: string;
}

/** A bar for every bucket: hatched ground where there is no data, hatched bars where it is partial. */
export const TrendBars = memo(function TrendBars(props: TrendBarsProps) {
  const {
    buckets,
    unit,
    target,
    parts,
    height = defaultHeight,
    colour = "var(--chart-deploy)",
  } = props;
  const inner = height - plot.top - plot.bottom;
  const scale = useMemo(
    () => trendScale(buckets, unit, inner, target?.value),
    [buckets, unit, inner, target?.value],
  );
  const before = columnPoints(buckets, (bucket) => bucket.previous);
  const ghost = linePath(
    before,
    (x) => x,
    (value) => trendY(scale, inner, value),
  );
  const share = (value: number) => `${(value / (scale.max - scale.min)) * 100}%`;

  function column(bucket: Bucket) {
    if (bucket.value === null) return null;
    const stack = parts ?? [{ key: "value", label: props.title, colour }];
    return (
      <span className="chart-bar-stack" data-partial={bucket.partial || undefined}>
        {stack.map(({ key, colour, hatched }) => {
          const value = parts ? (bucket.parts?.[key] ?? 0) : (bucket.value ?? 0);
          return (
            <span
              key={key}
              data-hatched={hatched || undefined}
              style={{ background: colour, height: share(value) }}
            />
          );
        })}
      </span>
    );
  }

  return (
    <TrendFrame
      {...props}
      height={height}
      scale={scale}
      legend={parts && <PartNames parts={parts} />}
      backdrop={<GhostPath d={ghost} />}
      column={column}
    />
  );
});

function PartNames({ parts }: { parts: readonly TrendPart[] }) {
  return (
    <ul className="chart-series">
      {parts.map(({ key, label, colour, hatched }) => (
        <li key={key}>
          <span
            className="chart-swatch"
            data-hatched={hatched || undefined}
            style={{ background: colour }}
          />
          {label}
        </li>
      ))}
    </ul>
  );
}

/** The period before, as a pale dashed line. */
export function GhostPath({ d }: { d: string }) {
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
