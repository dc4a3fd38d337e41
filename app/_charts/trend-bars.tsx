"use client";

import "./charts.css";
import { memo, useMemo } from "react";
import { defaultHeight, plot } from "./geometry";
import { type TrendPart, trendScale } from "./trend";
import { TrendFrame, type TrendProps } from "./trend-frame";
import type { Bucket } from "./types";

export interface TrendBarsProps extends TrendProps {
  /** Bars are stacked of these, in this order from the bottom. */
  parts?: readonly TrendPart[];
  /** Any CSS colour; for bars without parts. */
  colour?: string;
}

/** A bar for every bucket: no data is hatched ground, partial is a striped bar, a dash is the period before. */
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
  const share = (value: number) => `${(value / (scale.max - scale.min)) * 100}%`;

  function column({ value, partial, parts: counts, previous }: Bucket) {
    const stack = parts ?? [{ key: "value", label: props.title, colour }];
    return (
      <>
        {value !== null && (
          <span
            className="chart-bar-stack"
            data-partial={partial || undefined}
            data-zero={value === 0 || undefined}
          >
            {stack.map(({ key, colour, hatched }) => (
              <span
                key={key}
                data-hatched={hatched || undefined}
                style={{ background: colour, height: share(parts ? (counts?.[key] ?? 0) : value) }}
              />
            ))}
          </span>
        )}
        {typeof previous === "number" && (
          <span className="chart-before" style={{ bottom: share(previous) }} />
        )}
      </>
    );
  }

  return (
    <TrendFrame
      {...props}
      height={height}
      scale={scale}
      legend={parts && <PartNames parts={parts} />}
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
