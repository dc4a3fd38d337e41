import type { Sample } from "@/lib/series/types";

/** Where a candidate stands to the service that alerted. */
export type Relation = "same" | "dependency" | "dependent";

/** A change event that may have caused an incident. Times are epoch milliseconds. */
export interface Candidate {
  kind: "deployment" | "release";
  id: string;
  service: string;
  relation: Relation;
  /** When it began to reach users, as far as is known. */
  startedAt: number;
  /** Null while it runs. */
  finishedAt: number | null;
  /** Later steps of a canary or of one flag's ramp. */
  steps: { percent: number; at: number }[];
  label: string;
  /** A deployment's kind or a release's subject. */
  class: string | null;
  status: string;
  version: string | null;
  flag: string | null;
  sources: { source: string; key: string }[];
}

/** A service's own signals around the incident, as far as they are known. */
export interface Signals {
  errorRatio: Sample[];
  latencySeconds: Sample[];
  requestRate: Sample[];
  /** Error ratio of each version that reported, same times. */
  errorsByVersion: { version: string; errorRatio: Sample[] }[];
}

export interface Case {
  service: string | null;
  title: string;
  firstSignAt: number;
  /** What is known is known at this moment. */
  assessedAt: number;
  candidates: Candidate[];
  /** Of the alerting service; null where it reports nothing. */
  signals: Signals | null;
  /** Of the services that candidates belong to, other than the alerting one. */
  others: Map<string, Signals>;
}

export interface Evidence {
  name: string;
  /** Log-odds: what it adds for the candidate against no change. */
  weight: number;
  text: string;
  state: "supports" | "contradicts" | "missing";
}

export interface Suspect {
  /** Null: no change did it. */
  candidate: Candidate | null;
  probability: number;
  evidence: Evidence[];
}
