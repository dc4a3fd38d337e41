"use client";

import { memo, useId } from "react";
import { usePlotArea } from "recharts";
import { IncidentHatch } from "./incident-hatch";
import { kinds } from "./kinds";
import { markerPaths, rolloutOpacity, symbolPath } from "./marker-paths";
import { type Mark, openSpans } from "./marks";
import type { TimeRange } from "./types";

/**
 * All markers of a graph in one layer inside the Recharts chart. Not
 * ReferenceLine each: those register in the chart's store on every render.
 */
export const MarkerLayer = memo(function MarkerLayer({
  marks,
  range,
}: {
  marks: readonly Mark[];
  range: TimeRange;
}) {
  const id = useId();
  const area = usePlotArea();
  if (!area) return null;
  // The axis' own scale knows no domain in the first render; the range is the domain.
  const xOf = (at: number) => area.x + ((at - range.from) / (range.to - range.from)) * area.width;

  return (
    <g clipPath={`url(#${id}clip)`}>
      <IncidentHatch id={`${id}hatch`} />
      <clipPath id={`${id}clip`}>
        <rect x={area.x - 6} y={area.y - 1} width={area.width + 12} height={area.height + 1} />
      </clipPath>
      {openSpans(marks, range.from, range.to).map((span) => (
        <rect
          key={span.from}
          x={xOf(span.from)}
          width={xOf(span.to) - xOf(span.from)}
          y={area.y}
          height={area.height}
          fill={`url(#${id}hatch)`}
        />
      ))}
      {markerPaths(marks, xOf, area).map(({ kind, lines, rollouts, opacity, symbols }) => (
        <g key={kind}>
          <path d={rollouts} fill={kinds[kind].colour} opacity={rolloutOpacity} />
          <path
            d={lines}
            fill="none"
            stroke={kinds[kind].colour}
            opacity={opacity}
            strokeDasharray={kinds[kind].dash}
            strokeWidth={kinds[kind].width}
          />
          <path d={symbolPath(kind, symbols, area.y)} fill={kinds[kind].colour} />
        </g>
      ))}
    </g>
  );
});
