/** Strokes of a graph's series in order: told apart by dash as well as by colour. */
const dashes = ["", "6 3", "2 2", "8 2 2 2", "4 4", "1 3"] as const;

export interface SeriesStroke {
  stroke: string;
  strokeDasharray: string;
  strokeWidth: number;
}

const strokes: readonly SeriesStroke[] = dashes.map((dash, index) => ({
  stroke: `var(--chart-series-${index + 1})`,
  strokeDasharray: dash,
  strokeWidth: 1.5,
}));

export function seriesStroke(index: number): SeriesStroke {
  return (
    strokes[index % strokes.length] ?? {
      stroke: "currentColor",
      strokeDasharray: "",
      strokeWidth: 1.5,
    }
  );
}

export function SeriesSample({ index }: { index: number }) {
  return (
    <svg width="14" height="8" aria-hidden="true" style={{ flex: "none" }}>
      <path d="M0 4h14" {...seriesStroke(index)} strokeWidth={2} />
    </svg>
  );
}
