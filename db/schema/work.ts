import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from "kysely";

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

/** A scope, environment and zone that metrics are kept for. */
export interface MetricPlacesTable {
  id: GeneratedAlways<number>;
  /** all, team, service */
  scope: string;
  scope_name: string;
  /** '' stands for tier production. */
  environment: string;
  timezone: string;
}

/** Exact metrics of one place and calendar period; counted anew when dirty. */
export interface MetricCellsTable {
  place_id: number;
  /** tally, stages */
  part: string;
  period: string;
  starts_at: Date;
  ends_at: Date;
  dirty: boolean;
  /** Whose count is awaited: one that was begun before a marking is not kept. */
  claim: string | null;
  figures: string | null;
  histograms: string | null;
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
  /** rebuild, rules, replay */
  work: string;
  phase: string;
  done: number;
  total: number;
  /** Where the work goes on; its own matter. */
  place: JSONColumnType<Record<string, unknown>>;
  started_at: Date;
  updated_at: Date;
}
