import { z } from "zod";
import { attemptStatuses, deploymentKinds, lanes } from "@/lib/facts/types";

/**
 * The shapes of the outside contract's answers: OpenAPI is made from them, and
 * pages take their types from here. Times are RFC 3339 UTC, durations seconds,
 * rates 0..1; null is "no data" or "unknown", never zero.
 */

export const time = z.iso.datetime();
export const timeOrNull = time.nullable();
export const seconds = z.number().nullable();

export const sourceReference = z.object({ source: z.string(), key: z.string() });

const remedyKinds = ["rollback", "revert", "fix_forward", "flag_off"] as const;

export const remedyAnswer = z.object({
  kind: z.enum(remedyKinds),
  deployment: z.string().nullable(),
  release: z.string().nullable(),
  startedAt: time,
  finishedAt: timeOrNull,
  held: z.boolean(),
});

const failureAnswer = z.object({
  reason: z.string(),
  incident: z.string().nullable(),
  firstSignAt: timeOrNull,
  remedies: z.array(remedyAnswer),
  heldBy: z.enum([...remedyKinds, "none"]).nullable(),
  restoredAt: timeOrNull,
  recoverySeconds: seconds,
  detectSeconds: seconds,
  decideSeconds: seconds,
  remedySeconds: seconds,
  confirmSeconds: seconds,
});

/** What one source reported of a deployment, in its own words. */
const deploymentReport = sourceReference.extend({
  /** The report's own public id, which answers with the deployment that it is of. */
  id: z.string(),
  status: z.enum(attemptStatuses),
  queuedAt: timeOrNull,
  startedAt: timeOrNull,
  finishedAt: timeOrNull,
  revision: z.string().nullable(),
  artifact: z.string().nullable(),
  version: z.string().nullable(),
  url: z.string().nullable(),
  author: z.string().nullable(),
  /** A person's word that it stands apart, where one holds. */
  apart: z.object({ actor: z.string(), at: time, note: z.string().nullable() }).nullable(),
});

export const deploymentAnswer = z.object({
  id: z.string(),
  service: z.string(),
  team: z.string().nullable(),
  environment: z.string(),
  tier: z.string(),
  repository: z.string().nullable(),
  revision: z.string().nullable(),
  version: z.string().nullable(),
  artifact: z.string().nullable(),
  status: z.enum(attemptStatuses),
  completed: z.boolean(),
  kind: z.enum(deploymentKinds).nullable(),
  declaredKind: z.enum(deploymentKinds).nullable(),
  derivedKind: z.enum(deploymentKinds).nullable(),
  lane: z.enum(lanes),
  strategy: z.string().nullable(),
  steps: z.array(z.object({ percent: z.number(), at: time })),
  approvals: z.array(z.object({ by: z.string(), at: time })),
  queuedAt: timeOrNull,
  startedAt: timeOrNull,
  finishedAt: timeOrNull,
  durationSeconds: seconds,
  author: z.string().nullable(),
  description: z.string().nullable(),
  url: z.string().nullable(),
  changesKnown: z.boolean().nullable(),
  changeCount: z.number().int().nullable(),
  /** On a list at most the first 20; on one deployment all. */
  changes: z.array(
    z.object({
      revision: z.string(),
      leadTimeSeconds: seconds,
      message: z.string().nullable(),
      author: z.string().nullable(),
      authoredAt: timeOrNull,
      pullRequest: z.number().int().nullable(),
    }),
  ),
  previous: z.string().nullable(),
  failed: z.boolean(),
  failedAttempt: z.boolean(),
  failedRemedy: z.boolean(),
  withdrawn: z.boolean(),
  rework: z.boolean(),
  failure: failureAnswer.nullable(),
  reasons: z.array(z.string()),
  /** A person's word on its class, where one stands: null members leave what was declared or derived. */
  correction: z
    .object({
      kind: z.enum(deploymentKinds).nullable(),
      failed: z.boolean().nullable(),
      note: z.string(),
      actor: z.string(),
      at: time,
    })
    .nullable(),
  /** Every report that it is known by, in the order of their start. */
  sources: z.array(deploymentReport),
  /** Reports that would be among them, had no person said that they stand apart. */
  separated: z.array(deploymentReport),
});
export type DeploymentAnswer = z.infer<typeof deploymentAnswer>;

const verdictAnswer = z.object({
  verdict: z.enum(["confirmed", "none"]).nullable(),
  changes: z.array(z.object({ kind: z.enum(["deployment", "release"]), id: z.string() })),
  rejected: z.array(z.object({ kind: z.enum(["deployment", "release"]), id: z.string() })),
  note: z.string().nullable(),
  actor: z.string(),
  at: time,
});

/** One report of an incident: as declared by a source, or an alert. */
const signAnswer = z.object({
  /** Its public id among the members; the incident answers by it, and it is parted by it. */
  id: z.string(),
  source: z.string(),
  kind: z.enum(["alert", "incident"]),
  name: z.string(),
  severity: z.string().nullable(),
  /** What an alert says of itself; a declared incident says none. */
  summary: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  startedAt: time,
  endedAt: timeOrNull,
  url: z.string().nullable(),
});

export const incidentAnswer = z.object({
  id: z.string(),
  title: z.string(),
  service: z.string().nullable(),
  team: z.string().nullable(),
  environment: z.string().nullable(),
  severity: z.string().nullable(),
  openedAt: time,
  acknowledgedAt: timeOrNull,
  resolvedAt: timeOrNull,
  firstSignAt: time,
  url: z.string().nullable(),
  /** Its alerts by their own ids; an incident declared without one stands as its own, of kind `incident`. */
  alerts: z.array(signAnswer),
  /** Every member, of whatever source, by its start. */
  signs: z.array(signAnswer),
  /** What a person holds apart from it; itself, where it is that, so that either can take it back. */
  separated: z.array(
    signAnswer.extend({
      /** Where it stands now; null for an alert that opens no incident by itself. */
      incident: z.string().nullable(),
      actor: z.string(),
      note: z.string().nullable(),
      at: time,
    }),
  ),
  verdict: verdictAnswer.nullable(),
  /** The confirmed or matched cause in force; null while nothing is above the threshold. */
  cause: z
    .object({
      kind: z.enum(["deployment", "release"]),
      id: z.string(),
      by: z.enum(["declared", "verdict", "match", "devlake"]),
      probability: z.number().nullable(),
    })
    .nullable(),
  /** By DevLake's rules alone: from the finish of the deployment that it belongs to; null while it is open. */
  recoverySeconds: seconds.optional(),
  sources: z.array(sourceReference),
});
export type IncidentAnswer = z.infer<typeof incidentAnswer>;

const evidenceAnswer = z.object({
  name: z.string(),
  /** Log-odds: positive speaks for it. */
  weight: z.number(),
  text: z.string(),
  /** supports, contradicts, missing */
  state: z.enum(["supports", "contradicts", "missing"]),
});

export const suspectAnswer = z.object({
  kind: z.enum(["deployment", "release", "none"]),
  id: z.string().nullable(),
  service: z.string().nullable(),
  at: timeOrNull,
  label: z.string(),
  sources: z.array(sourceReference),
  probability: z.number(),
  evidence: z.array(evidenceAnswer),
});
export type SuspectAnswer = z.infer<typeof suspectAnswer>;

export const suspectsAnswer = z.object({
  incident: z.string(),
  /** The first entry is the answer; "none" first says no change did it. */
  suspects: z.array(suspectAnswer),
  assessedAt: time,
  verdict: verdictAnswer.nullable(),
  rollback: z
    .object({
      to: z.string(),
      revision: z.string().nullable(),
      version: z.string().nullable(),
      command: z.string(),
    })
    .nullable(),
});
export type SuspectsAnswer = z.infer<typeof suspectsAnswer>;

/** A list of `item`, paged by keyset. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}
