import type { Generated, JSONColumnType } from "kysely";

export interface SeriesTable {
  id: Generated<number>;
  source: string;
  service: string;
  environment: string;
  metric: string;
  unit: string;
  /** gauge, counter (cumulative), delta, histogram parts: see lib/series. */
  shape: string;
  labels: JSONColumnType<Record<string, string>>;
  identity: Buffer;
  last_at: Date | null;
}

/** The running hour, a row a sample. */
export interface SeriesHeadTable {
  series_id: number;
  at: Date;
  value: number;
}

/** Whole hours, compressed: see lib/series/chunk.ts for the layout. */
export interface SeriesChunksTable {
  series_id: number;
  hour: Date;
  samples: number;
  payload: Buffer;
}
