/** What the API answers and what the charts draw. Times inside charts are epoch milliseconds. */

/** One item of `GET /api/v1/markers`. */
export interface Marker {
  kind: "deployment" | "release" | "incident";
  id: string;
  service: string;
  /** RFC 3339. */
  at: string;
  /** For a deployment: when its rollout began. */
  startedAt?: string | null;
  /** For an incident: its end, null while it is open. */
  endAt: string | null;
  /** Deployments: first, deploy, redeploy, rollback, revert, fix_forward, null while unfinished. Releases: their subject. */
  class: string | null;
  label: string;
  failed: boolean | null;
  revision: string | null;
}

export type Point = readonly [at: number, value: number | null];
export type Points = readonly Point[];

/** Any other unit that a metric carries is written after the number as it is. */
export type Unit = "ratio" | "seconds" | "per_second" | "count" | "bytes" | (string & {});

export interface Series {
  name: string;
  points: Points;
  shape?: "line" | "area";
}

export type Status =
  | { state: "ready" }
  | { state: "loading" }
  | { state: "error"; message: string; onRetry?: () => void };

/** One graph: what it shows, apart from the time range and the markers that all graphs share. */
export interface Graph {
  id: string;
  title: string;
  unit: Unit;
  series: readonly Series[];
  status?: Status;
  /** Drawn dashed and labelled. */
  threshold?: { value: number; label: string };
  /** The figure in the header; the first series' last value where absent. */
  now?: number | null;
  /** What it was before; left out of the header where absent. */
  was?: number | null;
  /** Pixels of the picture below the header. */
  height?: number;
  /** The y axis starts at zero unless the graph asks to fit its values. */
  baseline?: "zero" | "fit";
}

/** Half-open in time: at or after `from`, before `to`. */
export interface TimeRange {
  from: number;
  to: number;
}

/** One column of a trend. `value` is null where there is no data, and then `n` is 0. */
export interface Bucket extends TimeRange {
  value: number | null;
  n: number;
  /** Cut by an edge of the window, or not over yet. */
  partial: boolean;
  /** The same bucket of the period before. */
  previous?: number | null;
  /** A second figure of the same unit, such as p90 beside p50. */
  second?: number | null;
  /** What `value` is made of, by the keys of the chart's `parts`. */
  parts?: Readonly<Record<string, number>>;
}

export type BucketSize = "day" | "week" | "month";
