"use client";

import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { plot } from "./geometry";
import type { ValueScale } from "./scale";
import { StatusMessage } from "./status-message";
import { formatBucket } from "./ticks";
import { bucketLines, columnLabels, type TrendPart } from "./trend";
import { TrendTable } from "./trend-table";
import type { Bucket, BucketSize, Status, Unit } from "./types";
import { formatValue } from "./units";

export interface TrendProps {
  title: string;
  unit: Unit;
  buckets: readonly Bucket[];
  size: BucketSize;
  /** An IANA zone. */
  timezone: string;
  /** The whole window's figure, in the header; left out where absent. */
  total?: { value: number | null; n: number; previous?: number | null };
  /** What a bucket's value is called: "p50"; the title where absent. */
  valueName?: string;
  target?: { value: number; label: string };
  height?: number;
  status?: Status;
  /** What is said where no bucket has data: "No deployments yet". */
  emptyText?: string;
  /** A bucket was clicked, or Enter pressed on it. */
  onOpen?: (bucket: Bucket) => void;
  /** Stands in the header, after the figure. */
  aside?: ReactNode;
}

interface TrendFrameProps extends TrendProps {
  scale: ValueScale;
  height: number;
  secondName?: string;
  parts?: readonly TrendPart[];
  /** Says which stroke or fill is what. */
  legend?: ReactNode;
  /** Drawn behind the columns, stretched: x from 0 to the number of buckets, y in pixels. */
  backdrop?: ReactNode;
  /** Drawn inside one column. */
  column?: (bucket: Bucket) => ReactNode;
}

/** What trends share: header, axes, a column for every bucket that opens, and the table. */
export function TrendFrame(props: TrendFrameProps) {
  const { title, unit, buckets, height, scale, target, status } = props;
  const inner = height - plot.top - plot.bottom;
  const yOf = (value: number) => trendY(scale, inner, value);
  const label = useId();
  return (
    <figure className="chart-trend" aria-labelledby={label}>
      <figcaption className="chart-head">
        <span id={label} className="chart-title">
          {title}
        </span>
        {props.legend}
        {props.total && <Total total={props.total} unit={unit} />}
        {props.aside}
      </figcaption>
      <div className="chart-picture" style={{ height }}>
        <div className="chart-static" aria-hidden="true">
          <svg width="100%" height={height}>
            <title>{title}</title>
            {scale.ticks.map(({ value, label }) => (
              <g key={value} transform={`translate(0 ${plot.top + yOf(value)})`}>
                <line x1="0" x2="100%" stroke="var(--chart-grid)" />
                <text x="-8" dy="0.355em" textAnchor="end" fill="var(--chart-muted)">
                  {label}
                </text>
              </g>
            ))}
            <svg
              aria-hidden="true"
              y={plot.top}
              width="100%"
              height={inner}
              viewBox={`0 0 ${Math.max(1, buckets.length)} ${inner}`}
              preserveAspectRatio="none"
              overflow="visible"
            >
              {props.backdrop}
            </svg>
          </svg>
        </div>
        <Columns {...props} />
        {target && <Target {...target} height={height} y={plot.top + yOf(target.value)} />}
        <StatusMessage
          status={status}
          empty={buckets.every((bucket) => bucket.value === null)}
          emptyText={props.emptyText}
        />
      </div>
      <TrendTable {...props} />
    </figure>
  );
}

/** A value's place in a plot of a height, from its top. */
export function trendY(scale: ValueScale, height: number, value: number): number {
  return height - ((value - scale.min) / (scale.max - scale.min)) * height;
}

function Total({ total, unit }: { total: NonNullable<TrendProps["total"]>; unit: Unit }) {
  return (
    <span className="chart-now">
      {formatValue(total.value, unit)}
      <small>
        {total.previous !== undefined && `was ${formatValue(total.previous, unit)}, `}n{" "}
        {total.n.toLocaleString("en-US")}
      </small>
    </span>
  );
}

/** Over the columns, which would hide it; the pointer goes through it. */
function Target({ label, height, y }: { label: string; height: number; y: number }) {
  return (
    <svg className="chart-target" aria-hidden="true" width="100%" height={height}>
      <line x1="0" x2="100%" y1={y} y2={y} stroke="var(--chart-threshold)" strokeDasharray="4 3" />
      <text
        className="chart-halo"
        x="100%"
        y={y - 5}
        textAnchor="end"
        fill="var(--chart-threshold)"
      >
        {label}
      </text>
    </svg>
  );
}

function Columns(props: TrendFrameProps) {
  const { buckets, size, timezone, unit, onOpen } = props;
  const [current, setCurrent] = useState<number | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const labels = columnLabels(buckets, size, timezone, 8);
  const names = {
    value: props.valueName ?? props.title,
    second: props.secondName,
    parts: props.parts,
  };
  const reachable = Math.min(current ?? buckets.length - 1, buckets.length - 1);

  function press(event: KeyboardEvent) {
    const to = stepTo(event.key, reachable, buckets.length);
    if (to === null) return;
    event.preventDefault();
    setCurrent(to);
    list.current?.querySelectorAll("button")[to]?.focus();
  }

  return (
    <ul
      ref={list}
      className="chart-columns"
      onKeyDown={press}
      aria-label={`${props.title}, by ${size}`}
    >
      {buckets.map((bucket, index) => {
        const name = formatBucket(bucket.from, bucket.to, timezone);
        const lines = bucketLines(bucket, unit, names);
        const told = lines.map(({ label, value }) => `${label} ${value}`).join(", ");
        return (
          <li key={bucket.from} data-side={index < buckets.length / 2 ? "right" : "left"}>
            <button
              type="button"
              tabIndex={index === reachable ? 0 : -1}
              aria-label={`${name}${bucket.partial ? ", partial" : ""}: ${told}`}
              aria-disabled={onOpen === undefined || undefined}
              data-empty={bucket.value === null || undefined}
              onFocus={() => setCurrent(index)}
              onClick={() => onOpen?.(bucket)}
            >
              {props.column?.(bucket)}
            </button>
            {labels[index] && (
              <span
                className="chart-column-label"
                aria-hidden="true"
                data-odd={labelIsOdd(labels, index)}
              >
                {labels[index]}
              </span>
            )}
            <div className="chart-column-tip" aria-hidden="true">
              <div className="chart-tooltip-time">
                {name}
                {bucket.partial && " (partial)"}
              </div>
              {lines.map(({ label, value }) => (
                <div key={label}>
                  <span>{label}</span>
                  <b>{value}</b>
                </div>
              ))}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function stepTo(key: string, from: number, count: number): number | null {
  switch (key) {
    case "ArrowLeft":
      return Math.max(0, from - 1);
    case "ArrowRight":
      return Math.min(count - 1, from + 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

/** Every second label, counted from the newest, gives way where it is narrow. */
function labelIsOdd(labels: readonly (string | null)[], index: number): boolean | undefined {
  return labels.slice(index).filter((label) => label !== null).length % 2 === 0 || undefined;
}
