/**
 * How values of a series add up over time: `gauge` is what it is, `counter`
 * only grows between restarts, `delta` is what came since the sample before.
 */
export type SeriesShape = "gauge" | "counter" | "delta";

export interface SeriesIdentity {
  service: string;
  environment: string;
  /** The sender's name; histograms become `<name>.bucket` (label `le`), `.count` and `.sum`. */
  metric: string;
  unit: string;
  shape: SeriesShape;
  labels: Record<string, string>;
}

/** Epoch milliseconds and value. */
export type Sample = readonly [number, number];

export interface SeriesSamples extends SeriesIdentity {
  samples: Sample[];
}
