import type { JSONColumnType } from "kysely";

/** A history that is fetched from an API, or was. */
export interface BackfillsTable {
  id: string;
  provider: string;
  /** The configured source whose webhooks tell of the same things. */
  source: string;
  kind: BackfillKind;
  /** As it was asked for; the API's own name is in the progress. */
  subject: string;
  api: string;
  since: Date | null;
  /** AES-256-GCM; forgotten when it ends. */
  sealed_token: Buffer | null;
  state: BackfillState;
  progress: JSONColumnType<BackfillProgress>;
  /** Tries in a row that failed. */
  attempts: number;
  /** Not before then: a rate limit, or a pause after trouble. */
  next_at: Date | null;
  error: string | null;
  /** Which process is at it, and until when it holds unless it says so again. */
  lease_holder: string | null;
  lease_until: Date | null;
  created_by: string;
  created_at: Date;
  updated_at: Date;
  finished_at: Date | null;
}

/** What was before, or what was sent since and did not arrive. */
export const backfillKinds = ["history", "missed"] as const;
export type BackfillKind = (typeof backfillKinds)[number];

export const backfillStates = ["running", "paused", "stopped", "done", "failed"] as const;
export type BackfillState = (typeof backfillStates)[number];

/** Where it stands: enough to go on from after a crash. */
export interface BackfillProgress {
  /** What the API calls it; null before it was asked. */
  found: { subject: string; details: Record<string, string> } | null;
  /** The phase that is under way, by its place; past the last one all is done. */
  phase: number;
  /** The page to ask for next, below the API's address; null: none is left in this phase. */
  next: string | null;
  /** Items of the page that was read, which are not delivered yet. */
  pending: { id: string; given: Record<string, unknown> }[];
  /** Of a page that lists more than is kept at a time: the last of its items that was kept. */
  behind?: string;
  /** Tries in a row at the first of the pending items that failed. */
  tries?: number;
  /** What would not come: asked for once more when all else is done. */
  aside?: BackfillAside[];
  /** How many were set aside since the last one that came. */
  asideInRow?: number;
  /** A hash of the last page's items, and how often they came again: an API may go in a circle. */
  lastPage?: string;
  repeats?: number;
  /** By the name of the phase. */
  tallies: Record<string, BackfillTally>;
}

export interface BackfillTally {
  found: number;
  /** Deliveries that were not there before, or that were asked for again. */
  fresh: number;
  pagesRead: number;
  /** As far as the API tells. */
  pages: number | null;
  /** Why the phase was left out, in words. */
  problem: string | null;
  /** What would not come to the end: the first ones, and how many in all. */
  leftOut?: BackfillLeftOut[];
  leftOutCount?: number;
}

export interface BackfillAside {
  /** The phase that it is of, by its place. */
  phase: number;
  id: string;
  given: Record<string, unknown>;
}

export interface BackfillLeftOut {
  /** As the API calls it: a number, a revision, an address. */
  item: string;
  /** In words. */
  reason: string;
  /** Whether it was told as the list has it, without its details. */
  told: boolean;
}
