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
