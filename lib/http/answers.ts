import { z } from "zod";
import { attemptStatuses, deploymentKinds, factTypes, lanes } from "@/lib/facts/types";

/**
 * The shapes of the outside contract's answers: OpenAPI is made from them, and
 * pages take their types from here. Times are RFC 3339 UTC, durations seconds,
 * rates 0..1; null is "no data" or "unknown", never zero.
 */

export const time = z.iso.datetime();
const timeOrNull = time.nullable();
const seconds = z.number().nullable();

export const sourceReference = z.object({ source: z.string(), key: z.string() });

const remedyKinds = ["rollback", "revert", "fix_forward", "flag_off"] as const;

const remedyAnswer = z.object({
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
  sources: z.array(sourceReference),
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
  alerts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      severity: z.string().nullable(),
      summary: z.string().nullable(),
      labels: z.record(z.string(), z.string()),
      startedAt: time,
      endedAt: timeOrNull,
    }),
  ),
  verdict: verdictAnswer.nullable(),
  /** The confirmed or matched cause in force; null while nothing is above the threshold. */
  cause: z
    .object({
      kind: z.enum(["deployment", "release"]),
      id: z.string(),
      by: z.enum(["declared", "verdict", "match"]),
      probability: z.number().nullable(),
    })
    .nullable(),
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

const remedyCounts = z.object({
  rollback: z.number(),
  revert: z.number(),
  fix_forward: z.number(),
  flag_off: z.number(),
});

const figuresAnswer = z.object({
  deploymentFrequency: z.object({
    deployments: z.number(),
    perDay: z.number().nullable(),
    deploymentDaysPerWeek: z.number().nullable(),
  }),
  leadTime: z.object({
    n: z.number(),
    p50Seconds: seconds,
    p90Seconds: seconds,
    anomalies: z.number(),
    unknownChangeSets: z.number(),
  }),
  changeFailRate: z.object({ n: z.number(), failed: z.number(), rate: z.number().nullable() }),
  recoveryTime: z.object({
    n: z.number(),
    open: z.number(),
    p50Seconds: seconds,
    p90Seconds: seconds,
  }),
  reworkRate: z.object({ n: z.number(), rework: z.number(), rate: z.number().nullable() }),
  remedies: remedyCounts.extend({
    none: z.number(),
    rollbackFirst: z.number().nullable(),
    tried: remedyCounts,
  }),
  failedAttempts: z.number(),
  failedRemedies: z.number(),
  releases: z.number(),
});
export type FiguresAnswer = z.infer<typeof figuresAnswer>;

export const metricsAnswer = z.object({
  from: time,
  to: time,
  timezone: z.string(),
  bucket: z.enum(["day", "week", "month"]),
  definition: z.literal("pushline"),
  total: figuresAnswer,
  buckets: z.array(figuresAnswer.extend({ start: time, end: time, partial: z.boolean() })),
});
export type MetricsAnswer = z.infer<typeof metricsAnswer>;

export const seriesAnswer = z.object({
  unit: z.string(),
  series: z.array(
    z.object({
      labels: z.record(z.string(), z.string()),
      /** Epoch milliseconds and value; null marks a gap. */
      points: z.array(z.tuple([z.number(), z.number().nullable()])),
    }),
  ),
});
export type SeriesAnswer = z.infer<typeof seriesAnswer>;

export const markerAnswer = z.object({
  kind: z.enum(["deployment", "release", "incident"]),
  id: z.string(),
  service: z.string(),
  at: time,
  endAt: timeOrNull,
  /** A deployment's kind, a release's subject, an incident's severity. */
  class: z.string().nullable(),
  label: z.string(),
  failed: z.boolean(),
  revision: z.string().nullable(),
});
export type MarkerAnswer = z.infer<typeof markerAnswer>;

export const deliveryAnswer = z.object({
  id: z.string(),
  source: z.string(),
  event: z.string(),
  receivedAt: time,
  outcome: z.enum(["pending", "accepted", "ignored", "failed"]),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  facts: z.array(z.object({ type: z.enum(factTypes), id: z.string() })),
});
export type DeliveryAnswer = z.infer<typeof deliveryAnswer>;

export const serviceAnswer = z.object({
  name: z.string(),
  team: z.string().nullable(),
  repository: z.string().nullable(),
  dependsOn: z.array(z.string()),
  dependents: z.array(z.string()),
  environments: z.array(z.string()),
  openIncidents: z.number().int(),
  lastDeployment: z
    .object({
      id: z.string(),
      environment: z.string(),
      at: time,
      kind: z.string().nullable(),
      status: z.string(),
      version: z.string().nullable(),
      revision: z.string().nullable(),
    })
    .nullable(),
});
export type ServiceAnswer = z.infer<typeof serviceAnswer>;

export const buildAnswer = z.object({
  id: z.string(),
  repository: z.string(),
  branch: z.string().nullable(),
  revision: z.string().nullable(),
  name: z.string(),
  attempt: z.number().int().nullable(),
  status: z.enum(attemptStatuses),
  queuedAt: timeOrNull,
  startedAt: timeOrNull,
  finishedAt: timeOrNull,
  durationSeconds: seconds,
  artifact: z.string().nullable(),
  url: z.string().nullable(),
  fallback: z.boolean(),
  stages: z.array(
    z.object({
      name: z.string(),
      status: z.enum(attemptStatuses),
      startedAt: timeOrNull,
      finishedAt: timeOrNull,
    }),
  ),
  sources: z.array(sourceReference),
});
export type BuildAnswer = z.infer<typeof buildAnswer>;

export const releaseAnswer = z.object({
  id: z.string(),
  service: z.string(),
  team: z.string().nullable(),
  environment: z.string(),
  tier: z.string(),
  subject: z.string(),
  flag: z.string().nullable(),
  percent: z.number().nullable(),
  enabled: z.boolean().nullable(),
  version: z.string().nullable(),
  title: z.string().nullable(),
  author: z.string().nullable(),
  at: time,
  url: z.string().nullable(),
  sources: z.array(sourceReference),
});
export type ReleaseAnswer = z.infer<typeof releaseAnswer>;

export const journeyAnswer = z.object({
  revision: z.string(),
  repository: z.string(),
  message: z.string().nullable(),
  author: z.string().nullable(),
  authoredAt: timeOrNull,
  committedAt: timeOrNull,
  pullRequest: z
    .object({
      number: z.number().int(),
      title: z.string().nullable(),
      firstCommitAt: timeOrNull,
      openedAt: timeOrNull,
      firstReviewAt: timeOrNull,
      mergedAt: timeOrNull,
      url: z.string().nullable(),
    })
    .nullable(),
  builds: z.array(buildAnswer),
  deployments: z.array(
    z.object({
      id: z.string(),
      service: z.string(),
      environment: z.string(),
      tier: z.string(),
      kind: z.string().nullable(),
      status: z.string(),
      finishedAt: timeOrNull,
      leadTimeSeconds: seconds,
      failed: z.boolean(),
    }),
  ),
});
export type JourneyAnswer = z.infer<typeof journeyAnswer>;

export const environmentAnswer = z.object({
  service: z.string(),
  environment: z.string(),
  tier: z.string(),
  /** What runs there; null while nothing has succeeded. */
  running: z
    .object({
      deployment: z.string(),
      revision: z.string().nullable(),
      version: z.string().nullable(),
      artifact: z.string().nullable(),
      since: time,
    })
    .nullable(),
  /** The attempt under way. */
  rolling: z
    .object({
      deployment: z.string(),
      status: z.string(),
      version: z.string().nullable(),
      revision: z.string().nullable(),
      since: timeOrNull,
    })
    .nullable(),
  /** Changes that the service's newest environment has and this one has not; null when unknown. */
  changesBehind: z.number().int().nullable(),
  sameArtifact: z.boolean().nullable(),
});
export type EnvironmentAnswer = z.infer<typeof environmentAnswer>;

/** A list of `item`, paged by keyset. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export const acceptedAnswer = z.object({
  delivery: z.string(),
  outcome: z.enum(["accepted", "duplicate"]),
});
