import type { IncidentState, Report } from "@/lib/facts/reports";
import type { CorrectionMembers, SeparationMembers, VerdictMembers } from "@/lib/facts/words";

/**
 * The vocabulary of facts. A reader turns one delivery into statements; the
 * statements about one natural key merge into one fact (see merge.ts).
 */

/** Types of facts as the outside contract names them. */
export const factTypes = [
  "change",
  "build",
  "deployment",
  "release",
  "incident",
  "alert",
  "test_run",
] as const;
export type FactType = (typeof factTypes)[number];

export const attemptStatuses = ["queued", "running", "succeeded", "failed", "canceled"] as const;
export type AttemptStatus = (typeof attemptStatuses)[number];
/** An attempt with one of these has ended. */
export const finalStatuses: readonly AttemptStatus[] = ["succeeded", "failed", "canceled"];

export const deploymentKinds = [
  "first",
  "redeploy",
  "rollback",
  "revert",
  "fix_forward",
  "deploy",
] as const;
export type DeploymentKind = (typeof deploymentKinds)[number];

export const lanes = ["standard", "dark", "configuration"] as const;
export type Lane = (typeof lanes)[number];

export const releaseSubjects = [
  "flag",
  "configuration",
  "infrastructure",
  "migration",
  "tag",
  "launch",
] as const;
export type ReleaseSubject = (typeof releaseSubjects)[number];

/** Times inside statements are RFC 3339 UTC strings with milliseconds, so that they compare as text. */
export type Time = string;

/** A commit. Natural key: repository and revision, whichever source speaks of it. */
export interface CommitMembers {
  repository: string;
  revision: string;
  /** Absent or null where the sender does not say; [] for a root commit. */
  parents?: string[] | null;
  paths?: string[] | null;
  authoredAt?: Time | null;
  committedAt?: Time | null;
  author?: string | null;
  message?: string | null;
  url?: string | null;
}

/** One update of a branch: the order of commits where parents are not known. */
export interface PushMembers {
  repository: string;
  branch: string;
  /** null where the branch was created. */
  before: string | null;
  after: string;
  forced: boolean;
  created: boolean;
  /** Oldest first, as pushed. */
  commits: string[];
  /** False when the provider cut the list. */
  complete: boolean;
  pushedAt: Time;
}

/** Natural key: repository and number. */
export interface PullRequestMembers {
  repository: string;
  number: number;
  title?: string | null;
  branch?: string | null;
  baseBranch?: string | null;
  author?: string | null;
  headRevision?: string | null;
  baseRevision?: string | null;
  /** The revision that the merge made on the base branch; null until merged. */
  mergeRevision?: string | null;
  firstCommitAt?: Time | null;
  openedAt?: Time | null;
  firstReviewAt?: Time | null;
  mergedAt?: Time | null;
  closedAt?: Time | null;
  labels?: string[] | null;
  additions?: number | null;
  deletions?: number | null;
  url?: string | null;
  reports?: Record<string, Report<"reviewed">>;
}

export interface Stage {
  name: string;
  status: AttemptStatus;
  queuedAt?: Time | null;
  startedAt: Time | null;
  finishedAt: Time | null;
}

export interface BuildMembers {
  repository?: string | null;
  branch?: string | null;
  revision?: string | null;
  name?: string | null;
  attempt?: number | null;
  status?: AttemptStatus | null;
  queuedAt?: Time | null;
  startedAt?: Time | null;
  finishedAt?: Time | null;
  artifact?: string | null;
  url?: string | null;
  /** Each stage merges by its own name: a job's report never wipes another's. */
  stages?: Record<string, Stage>;
  /** Commit statuses and checks stand in for a build only where no run is known. */
  fallback?: boolean;
  /** Whether it ran for the repository's default branch, where the provider says so. */
  defaultBranch?: boolean;
}

export interface DeploymentMembers {
  /** The provider's name of the task or workflow that deploys, for the rules of pushline.yaml. */
  name?: string | null;
  /** The provider's own name for what is deployed, before the rules of pushline.yaml. */
  service?: string | null;
  environment?: string | null;
  repository?: string | null;
  branch?: string | null;
  revision?: string | null;
  version?: string | null;
  artifact?: string | null;
  status?: AttemptStatus | null;
  /** What the sender declared; null where it declared nothing. */
  kind?: DeploymentKind | null;
  hotfix?: boolean | null;
  failed?: boolean | null;
  lane?: Lane | null;
  strategy?: string | null;
  steps?: { percent: number; at: Time }[] | null;
  approvals?: { by: string; at: Time }[] | null;
  queuedAt?: Time | null;
  startedAt?: Time | null;
  finishedAt?: Time | null;
  author?: string | null;
  description?: string | null;
  url?: string | null;
  reports?: Record<string, Report<AttemptStatus>>;
}

export interface ReleaseMembers {
  service?: string | null;
  environment?: string | null;
  repository?: string | null;
  revision?: string | null;
  subject?: ReleaseSubject | null;
  flag?: string | null;
  percent?: number | null;
  enabled?: boolean | null;
  version?: string | null;
  title?: string | null;
  author?: string | null;
  at?: Time | null;
  url?: string | null;
}

export interface IncidentMembers {
  service?: string | null;
  environment?: string | null;
  repository?: string | null;
  title?: string | null;
  severity?: string | null;
  openedAt?: Time | null;
  acknowledgedAt?: Time | null;
  resolvedAt?: Time | null;
  /** A reopening later than resolvedAt voids it. */
  reopenedAt?: Time | null;
  /** The id, in the sender's own words, of the deployment or release that caused it. */
  cause?: string | null;
  url?: string | null;
  reports?: Record<string, Report<IncidentState>>;
}

export interface AlertMembers {
  /** The sender's id of the incident it belongs to, where it names one. */
  incident?: string | null;
  service?: string | null;
  environment?: string | null;
  name?: string | null;
  severity?: string | null;
  startedAt?: Time | null;
  endedAt?: Time | null;
  labels?: Record<string, string> | null;
  summary?: string | null;
  url?: string | null;
  /** By providers that number an alert's rule or issue, but none of its episodes. */
  reports?: Record<string, Report<"opened" | "resolved">>;
}

const testCaseStatuses = ["succeeded", "failed", "skipped", "flaky"] as const;

/** One test of a run. `flaky`: it failed, and passed when it was run again. */
export interface TestCase {
  /** At most 300 characters. */
  name: string;
  status: (typeof testCaseStatuses)[number];
  seconds: number | null;
}

export interface TestRunMembers {
  repository?: string | null;
  revision?: string | null;
  branch?: string | null;
  name?: string | null;
  status?: AttemptStatus | null;
  startedAt?: Time | null;
  finishedAt?: Time | null;
  tests?: number | null;
  failed?: number | null;
  skipped?: number | null;
  flaky?: number | null;
  coverage?: number | null;
  /** By an id of their own, so that those told one by one each merge by themselves. */
  cases?: Record<string, TestCase>;
}

export interface MembersByNoun {
  commit: CommitMembers;
  push: PushMembers;
  pull_request: PullRequestMembers;
  build: BuildMembers;
  deployment: DeploymentMembers;
  release: ReleaseMembers;
  incident: IncidentMembers;
  alert: AlertMembers;
  test_run: TestRunMembers;
  verdict: VerdictMembers;
  correction: CorrectionMembers;
  separation: SeparationMembers;
}
export type Noun = keyof MembersByNoun;

/**
 * What one delivery says about one thing. Members left out say nothing;
 * a null says "known to be none" and yields to a value at the same time.
 */
export type Statement = {
  [N in Noun]: {
    noun: N;
    /**
     * The natural key within the noun, unique over all sources: for commits,
     * pushes and pull requests built from the repository, for all else it
     * begins with the source's name (see keys.ts).
     */
    key: string;
    /** When this became true, by the sender's clock: the greatest wins, per member. */
    asOf: Time;
    /** True when asOf is the delivery's receivedAt because the payload names no time. */
    timeFromReceipt?: boolean;
    members: MembersByNoun[N];
  };
}[Noun];

/** The outside name of a noun; what people say is no fact of the contract. */
export function factTypeOf(noun: Noun): FactType | null {
  switch (noun) {
    case "commit":
    case "push":
    case "pull_request":
      return "change";
    case "verdict":
    case "correction":
    case "separation":
      return null;
    default:
      return noun;
  }
}
