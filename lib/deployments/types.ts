import type { AttemptStatus, DeploymentKind, Time } from "@/lib/facts/types";
import type { Past, ShippedRole } from "./past";

/**
 * Plain values that derivation works on: everything about one stream, read by
 * read-stream.ts. Times are epoch milliseconds, so that arithmetic is exact.
 */
export interface StreamInput {
  service: string;
  environment: string;
  tier: string;
  /** Merged attempts of the stream, in any order. */
  deployments: Attempt[];
  /** Incidents of this stream, and those of others whose confirmed cause lies in it. */
  incidents: StreamIncident[];
  /** Releases of the stream (flags, tags, configuration). */
  releases: StreamRelease[];
  /** What is known of the commits that may be in play, by repository. */
  graph: ChangeGraph;
  matchThreshold: number;
  /** Left out: the deployments are the stream's first. Else they are a window, and all that followed. */
  past?: Past;
}

export interface Attempt {
  id: string;
  key: string;
  repository: string | null;
  revision: string | null;
  artifact: string | null;
  version: string | null;
  status: AttemptStatus;
  declaredKind: DeploymentKind | null;
  hotfix: boolean;
  declaredFailed: boolean | null;
  /** A person's correction, which outranks the declaration. */
  correctedKind: DeploymentKind | null;
  correctedFailed: boolean | null;
  correctionNote: string | null;
  rolloutGroup: string | null;
  queuedAt: number | null;
  startedAt: number | null;
  finishedAt: number | null;
  /** Where it stands when its sender told no time at all: as of when it was told. */
  toldAt: number | null;
}

export interface StreamIncident {
  id: string;
  title: string;
  /** True when the incident's own (service, environment) is this stream. */
  ofStream: boolean;
  openedAt: number;
  acknowledgedAt: number | null;
  resolvedAt: number | null;
  firstSignAt: number;
  /** What a commit message may call it beside its id and title: "#12", "INC-7". */
  names?: readonly string[];
  /** True when it names no service: then it fails only what is named, never what is matched. */
  withoutService?: boolean;
  verdict: "confirmed" | "none" | null;
  /** Deployments confirmed by declaration or verdict, by public id. */
  confirmed: string[];
  /** True when the confirmed cause is a release: the release failed, not a deployment. */
  confirmedRelease: boolean;
  rejected: string[];
  /** The stored assessment's probabilities for deployments of this stream. */
  matches: { deployment: string; probability: number }[];
}

export interface StreamRelease {
  id: string;
  subject: string;
  flag: string | null;
  enabled: boolean | null;
  percent: number | null;
  at: number;
}

/** A commit as far as it is known. */
export interface KnownChange {
  revision: string;
  authoredAt: number | null;
  message: string | null;
  /** null where unknown; whether a merge is judged by two or more parents. */
  paths: string[] | null;
  parentCount: number | null;
  pullRequest: {
    number: number;
    firstCommitAt: number | null;
    openedAt: number | null;
    firstReviewAt: number | null;
    mergedAt: number | null;
    /**
     * The revision its merge made, null while unmerged. Where it is this revision,
     * or left out, the change is a squash; else one commit of the pull request.
     */
    mergeRevision?: string | null;
    /** True where its commits were merged one by one, the merge's revision being the last of them. */
    rebased?: boolean;
  } | null;
}

export interface ChangeGraph {
  /** Parents of a revision; null when nothing is known of it, [] for a root. */
  parents(repository: string, revision: string): readonly string[] | null;
  change(repository: string, revision: string): KnownChange | null;
  /** Whether a change concerns the service: by path rules; null when its paths are unknown. */
  concerns(repository: string, revision: string): boolean | null;
  /** A number that no known ancestor's exceeds. Left out where no order of commits is known. */
  height?(repository: string, revision: string): number;
  /** Of a graph that is loaded in parts: whether the parents of one of these are not loaded yet. */
  lacks?(repository: string, revisions: readonly string[]): boolean;
}

export interface DerivedChange {
  repository: string;
  revision: string;
  /** First authored commit → the deployment's finish; null when shipped before, unknown or negative. */
  leadTimeSeconds: number | null;
  /** A negative span was left out. */
  anomaly: boolean;
  pathsUnknown: boolean;
  codingSeconds: number | null;
  pickupSeconds: number | null;
  reviewSeconds: number | null;
  mergeToDeploySeconds: number | null;
  deploySeconds: number | null;
}

export type RemedyKind = "rollback" | "revert" | "fix_forward" | "flag_off";

export interface Remedy {
  kind: RemedyKind;
  /** A deployment's or a release's public id. */
  deployment: string | null;
  release: string | null;
  startedAt: number;
  finishedAt: number | null;
  held: boolean;
}

export type FailureReason =
  | "declared_cause"
  | "confirmed"
  | "matched"
  | "rolled_back"
  | "reverted"
  | "hotfixed"
  | "declared_failed"
  | "corrected";

export interface Failure {
  reason: FailureReason;
  incident: string | null;
  firstSignAt: number;
  remedies: Remedy[];
  heldBy: RemedyKind | "none" | null;
  restoredAt: number | null;
  recoverySeconds: number | null;
  /** Detect, decide, remedy, confirm: seconds, null where a boundary is unknown. */
  stages: {
    detectSeconds: number | null;
    decideSeconds: number | null;
    remedySeconds: number | null;
    confirmSeconds: number | null;
  };
}

/** What derivation says of one attempt. */
export interface DerivedDeployment {
  id: string;
  completed: boolean;
  kind: DeploymentKind | null;
  derivedKind: DeploymentKind | null;
  /** The deployment that ran before; null for the first. */
  previous: string | null;
  /** null for attempts that never completed and for the first. */
  changesKnown: boolean | null;
  changes: DerivedChange[];
  failed: boolean;
  failedAttempt: boolean;
  failedRemedy: boolean;
  withdrawn: boolean;
  rework: boolean;
  failure: Failure | null;
  /** In words: why this kind, why failed or withdrawn. */
  reasons: string[];
  /** What a later window of the stream asks of it. */
  carried: Carried;
}

/** What a completed deployment leaves to those after it, beside what is told of it. */
export interface Carried {
  /** The deployment that brought the revision on top of those in effect, once this one has run. */
  layer: string | null;
  /** Where that is this one: the deployment that brought the revision beneath. */
  layerBelow: string | null;
  /** The last moment at which something later had, or may yet have, a say in this; epoch milliseconds. */
  openUntil: number | null;
  /** What shipped with it that its changes do not tell. */
  traces: { repository: string; revision: string; original: string | null; role: ShippedRole }[];
}

export type { Time };
