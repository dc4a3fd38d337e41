import type { ColumnType, Generated, JSONColumnType } from "kysely";

/** One (service, environment): what a derivation claims. */
export interface StreamsTable {
  service: string;
  environment: string;
  /** Null when derivation is up to date; else the earliest moment that may have changed. */
  dirty_from: Date | null;
  /** Raised by every marking, so that a marking during a derivation is not lost. */
  marked: Generated<number>;
  derived_at: Date | null;
}

/** Exact metrics of one scope, period and zone; recomputed when dirty. */
export interface MetricCellsTable {
  /** all, team, service */
  scope: string;
  scope_name: string;
  /** '' stands for tier production. */
  environment: string;
  timezone: string;
  bucket: string;
  starts_at: Date;
  dirty: boolean;
  figures: JSONColumnType<Record<string, unknown>> | null;
}

/** What changed, in the order browsers are told: written by one sequencer, after commit. */
export interface LivePositionsTable {
  position: number;
  topic: string;
  payload: JSONColumnType<Record<string, unknown>>;
  at: Date;
}

/** What a transaction wants told; the sequencer gives it a position after commit. */
export interface LiveOutboxTable {
  id: Generated<number>;
  topic: string;
  payload: JSONColumnType<Record<string, unknown>>;
  at: ColumnType<Date, Date | undefined, never>;
}

/** Small facts of the instance: its keys, its generation. Values are never shown. */
export interface InstanceSettingsTable {
  name: string;
  value: string;
}

/** Work over all of history that goes on just now, for people to see; no row when none does. */
export interface WorkProgressTable {
  /** rebuild, rules */
  work: string;
  phase: string;
  done: number;
  total: number;
  /** Where the work goes on; its own matter. */
  place: JSONColumnType<Record<string, unknown>>;
  started_at: Date;
  updated_at: Date;
}
