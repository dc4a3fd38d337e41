"use client";

import { memo, useMemo } from "react";
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, XAxis, YAxis } from "recharts";
import { plot } from "./geometry";
import { LoneLayer } from "./lone-layer";
import { MarkerLayer } from "./marker-layer";
import type { Picture } from "./picture";
import { mergeRows, type Row } from "./rows";
import { seriesStroke } from "./series-stroke";

const margin = { top: plot.top, right: plot.right, bottom: 0, left: 0 };
const tick = { fill: "var(--chart-muted)", fontSize: 11 };
const timeOf = (row: Row) => row[0];
/** A graph drawn by Recharts: no animation, no dots, own ticks, fixed size. */
export const RechartsPicture = memo(function RechartsPicture({
  picture,
  width,
}: {
  picture: Picture;
  width: number;
}) {
  const { graph, range, marks, height, values, times } = picture;
  const rows = useMemo(() => mergeRows(graph.series), [graph.series]);
  const x = useMemo(() => {
    const labels = new Map(times.map(({ at, label }) => [at, label]));
    return { ticks: [...labels.keys()], format: (at: number) => labels.get(at) ?? "" };
  }, [times]);
  const y = useMemo(() => {
    // Recharts breaks a label at its blanks where the axis is narrow.
    const unbroken = (label: string) => label.replaceAll(" ", "\u00a0");
    const labels = new Map(values.ticks.map(({ value, label }) => [value, unbroken(label)]));
    return { ticks: [...labels.keys()], format: (value: number) => labels.get(value) ?? "" };
  }, [values]);
  const timeDomain = useMemo(() => [range.from, range.to], [range]);
  const valueDomain = useMemo(() => [values.min, values.max], [values]);

  return (
    <ComposedChart
      width={width}
      height={height}
      data={rows as Row[]}
      margin={margin}
      accessibilityLayer={false}
      className="chart-live"
    >
      <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
      <XAxis
        dataKey={timeOf}
        type="number"
        domain={timeDomain}
        allowDataOverflow
        ticks={x.ticks}
        tickFormatter={x.format}
        interval={0}
        height={plot.bottom}
        axisLine={false}
        tickLine={false}
        tick={tick}
      />
      <YAxis
        width={plot.left}
        domain={valueDomain}
        allowDataOverflow
        ticks={y.ticks}
        tickFormatter={y.format}
        interval={0}
        axisLine={false}
        tickLine={false}
        tick={tick}
      />
      <MarkerLayer marks={marks} range={range} />
      <LoneLayer picture={picture} />
      {graph.series.map(({ name, shape }, index) =>
        shape === "area" ? (
          <Area
            key={name}
            name={name}
            dataKey={columnReader(index)}
            {...seriesStroke(index)}
            fill={seriesStroke(index).stroke}
            fillOpacity={0.08}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ) : (
          <Line
            key={name}
            name={name}
            dataKey={columnReader(index)}
            {...seriesStroke(index)}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ),
      )}
      {graph.threshold && (
        <ReferenceLine
          y={graph.threshold.value}
          stroke="var(--chart-threshold)"
          strokeDasharray="4 3"
          label={{
            value: graph.threshold.label,
            className: "chart-halo",
            position: "insideBottomRight",
            fill: "var(--chart-threshold)",
            fontSize: 11,
            offset: 4,
          }}
        />
      )}
    </ComposedChart>
  );
});

const columnReaders: ((row: Row) => number | null)[] = [];

/** The same function for the same column: a new data key makes Recharts select everything anew. */
function columnReader(index: number): (row: Row) => number | null {
  const known = columnReaders[index] ?? ((row: Row) => row[index + 1] ?? null);
  columnReaders[index] = known;
  return known;
}
