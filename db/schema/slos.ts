import type { Generated, GeneratedAlways } from "kysely";

/** Objectives set up in settings. */
export interface ConfiguredObjectivesTable {
  id: string;
  indicator: string;
  /** all, team, service, repository */
  scope: string;
  /** "" for all. */
  scope_name: string;
  /** Null: switched off here. */
  threshold_seconds: number | null;
  target: number;
  window_days: number;
  created_at: Date;
}

/** What is counted: an indicator in a scope, by its thresholds, which the key holds. */
export interface SloMeasuresTable {
  id: GeneratedAlways<number>;
  key: string;
  indicator: string;
  scope: string;
  names: string[];
}

/** One UTC day of a measure, exact unless dirty. */
export interface SloCellsTable {
  measure_id: number;
  /** As 2026-01-31. */
  day: string;
  dirty: Generated<boolean>;
  n: Generated<number>;
  good: Generated<number>;
  /** By hour of the day, 24 of each. */
  hours: Generated<number[]>;
  good_hours: Generated<number[]>;
  /** While it is being counted; a marking voids it. */
  claim: Generated<string | null>;
}

/** A repository's default branch, and from when on its breaks have to be found anew. */
export interface MainBranchesTable {
  repository: string;
  branch: string;
  /** The finish of its newest build. */
  newest_at: Date | null;
  dirty_from: Date | null;
  /** Raised by every marking, so that none during a search is lost. */
  marked: Generated<number>;
}

/** From the build that turned a main branch red to the one that made it green again. */
export interface MainBreaksTable {
  /** Of the build that turned it red. */
  id: string;
  repository: string;
  branch: string;
  began_at: Date;
  revision: string | null;
  /** The last revision that was built before it broke. */
  green_revision: string | null;
  mended_at: Date | null;
  mended_build_id: string | null;
  mended_revision: string | null;
}
