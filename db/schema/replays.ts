import type { JSONColumnType } from "kysely";

/** The rules by which a source's deliveries are read, where it has some of its own. */
export interface SourceMappingsTable {
  source: string;
  rules: JSONColumnType<object[]>;
  /** As it was written in settings; null where pushline.yaml has it. */
  written: string | null;
  saved_at: Date;
}

/** The last time that a source's kept deliveries were read again, or are. */
export interface ReplaysTable {
  source: string;
  /** Deliveries after the one and up to the other are still to be read. */
  after: number;
  upto: number;
  done: number;
  total: number;
  changed: number;
  started_at: Date;
  finished_at: Date | null;
}
