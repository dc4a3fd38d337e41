import type { DeploymentKind, Time } from "@/lib/facts/types";

/** What people say, which outranks what was derived. */

export interface VerdictChange {
  kind: "deployment" | "release";
  id: string;
}

/** A person's word on what caused an incident; the latest outranks the model. */
export interface VerdictMembers {
  /** The incident's public id. */
  incident: string;
  verdict: "confirmed" | "none" | null;
  changes: VerdictChange[];
  rejected: VerdictChange[];
  note: string | null;
  actor: string;
  at: Time;
}

/** What several reports may be one of, so that a person may part them. */
export const separableKinds = ["deployment", "incident"] as const;
export type SeparableKind = (typeof separableKinds)[number];

/** A person's word that a report is not what it was joined with; the latest stands. */
export interface SeparationMembers {
  kind: SeparableKind;
  /** The report's own public id: a deployment's report, a declared incident or an alert of one. */
  member: string;
  /** False takes an earlier word back. */
  apart: boolean;
  note: string | null;
  actor: string;
  at: Time;
}

/** A person's word on a deployment's class; null members leave the derived value. */
export interface CorrectionMembers {
  /** The deployment's public id. */
  deployment: string;
  kind: DeploymentKind | null;
  failed: boolean | null;
  note: string;
  actor: string;
  at: Time;
}
