"use client";

import { memo } from "react";
import { StrokeSample } from "./glyph";
import { type KindKey, kindKeys, kinds } from "./kinds";
import type { Mark } from "./marks";

interface LegendProps {
  marks: readonly Mark[];
  hidden: readonly KindKey[];
  onToggle: (kind: KindKey) => void;
}

/** The kinds of markers that occur, each a switch that shows or hides its kind. */
export const Legend = memo(function Legend({ marks, hidden, onToggle }: LegendProps) {
  const counts = new Map<KindKey, number>();
  for (const { kind } of marks) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const present = kindKeys.filter((kind) => counts.has(kind) || hidden.includes(kind));
  if (present.length === 0) return null;
  return (
    <ul className="chart-legend" aria-label="Markers">
      {present.map((kind) => (
        <li key={kind}>
          <button
            type="button"
            aria-pressed={!hidden.includes(kind)}
            onClick={() => onToggle(kind)}
          >
            <StrokeSample kind={kind} />
            {kinds[kind].plural}
            <span className="chart-legend-count">{counts.get(kind) ?? 0}</span>
          </button>
        </li>
      ))}
    </ul>
  );
});
