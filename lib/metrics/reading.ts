import type { Span } from "@/lib/metrics/buckets";
import type { CellSpan } from "@/lib/metrics/pieces";
import type { MetricScope } from "@/lib/metrics/scope";
import type { Stages } from "@/lib/metrics/stages";
import type { Tally } from "@/lib/metrics/tally";

/** What is to be read of a scope: whole calendar periods, and windows of any kind. */
export interface Wanted {
  scope: MetricScope;
  timezone: string;
  periods: readonly CellSpan[];
  windows: readonly Span[];
  stages: boolean;
}

export interface Reading {
  tally: Tally;
  /** Null where they were not wanted. */
  stages: Stages | null;
}

/** In the order in which they were wanted. */
export interface Readings {
  periods: Reading[];
  windows: Reading[];
}
