/** How many deliveries of a source came to what, by the UTC hour they arrived in. */
export interface SourceHoursTable {
  source: string;
  hour: Date;
  accepted: number;
  ignored: number;
  failed: number;
  /** When the latest of them arrived; null where none did. */
  last_at: Date | null;
  /** Requests that did not prove themselves. */
  refused: number;
  refused_at: Date | null;
}

/** The same by UTC day, event and reason. */
export interface SourceOutcomesTable {
  source: string;
  day: string;
  event: string;
  outcome: "accepted" | "ignored" | "failed";
  reason: string;
  deliveries: number;
}
