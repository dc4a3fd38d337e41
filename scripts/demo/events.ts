import type { Person, Service, Team } from "@/scripts/demo/world";

/** What happens in the simulated organisation; times are epoch milliseconds. */
export type DemoEvent = { at: number } & (
  | { type: "push"; push: Push }
  | { type: "pull_request"; action: "opened" | "synchronize" | "closed"; pullRequest: PullRequest }
  | { type: "review"; pullRequest: PullRequest; reviewer: Person }
  | { type: "run"; action: "requested" | "in_progress" | "completed"; run: Run }
  | { type: "job"; action: "queued" | "in_progress" | "completed"; run: Run; job: Job }
  | { type: "tests"; tests: TestRun }
  | { type: "deployment"; deployment: Deployment }
  | { type: "release"; release: Release }
  | { type: "alerts"; group: AlertGroup }
  | { type: "incident"; incident: Incident }
  | { type: "native_alert"; alert: Alert; incident: string }
);

export interface Commit {
  sha: string;
  message: string;
  author: Person;
  authoredAt: number;
  timezone: string;
  paths: string[];
}

export interface Push {
  repository: string;
  branch: string;
  /** null where the branch is made by this push. */
  before: string | null;
  after: string;
  commits: Commit[];
  pusher: Person;
}

export interface PullRequest {
  id: number;
  repository: string;
  number: number;
  title: string;
  branch: string;
  author: Person;
  headSha: string;
  baseSha: string;
  commits: number;
  changedFiles: number;
  additions: number;
  deletions: number;
  openedAt: number;
  updatedAt: number;
  mergedAt: number | null;
  mergedBy: Person | null;
  mergeSha: string | null;
  labels: string[];
}

export interface Run {
  id: number;
  repository: string;
  runNumber: number;
  attempt: number;
  branch: string;
  trigger: "push" | "pull_request";
  commit: Commit;
  actor: Person;
  createdAt: number;
  startedAt: number;
  updatedAt: number;
  status: "queued" | "in_progress" | "completed";
  conclusion: "success" | "failure" | "cancelled" | null;
}

export interface Job {
  id: number;
  name: string;
  queuedAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  conclusion: "success" | "failure" | "cancelled" | null;
}

/** The unit tests of a run of the trunk. */
export interface TestRun {
  service: Service;
  run: Run;
  startedAt: number;
  seconds: number;
  cases: { name: string; group: string; seconds: number; status: "passed" | "failed" | "flaky" }[];
  coverage: number;
}

/** What a build made and an environment can run. */
export interface Artifact {
  service: Service;
  revision: string;
  version: string;
  digest: string;
  /** Its place on the trunk: a greater one contains the lesser. */
  order: number;
  commit: Commit;
}

export type EnvironmentName = "production" | "staging";
export type DeploymentStatus = "queued" | "running" | "succeeded" | "failed" | "canceled";

export interface Deployment {
  /** The id that its reporter uses: GitHub's number, or the pipeline's own. */
  key: string;
  service: Service;
  environment: EnvironmentName;
  artifact: Artifact;
  status: DeploymentStatus;
  task: "deploy" | "rollback";
  description: string | null;
  declaredKind: "rollback" | null;
  hotfix: boolean;
  steps: { percent: number; at: number }[];
  by: Person;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
}

export interface Release {
  id: string;
  service: Service;
  subject: "flag" | "configuration" | "infrastructure";
  flag: string | null;
  percent: number | null;
  enabled: boolean | null;
  by: Person;
  at: number;
}

export interface Alert {
  id: string;
  fingerprint: string;
  service: Service;
  team: Team;
  name: string;
  severity: "critical" | "warning";
  summary: string;
  startedAt: number;
  endedAt: number | null;
}

/** One Alertmanager notification: what is known of the group at that moment. */
export interface AlertGroup {
  service: Service;
  team: Team;
  alerts: Alert[];
}

export interface Incident {
  id: string;
  service: Service;
  title: string;
  severity: "critical" | "major" | "minor";
  openedAt: number;
  acknowledgedAt: number | null;
  resolvedAt: number | null;
  /** The key of the deployment or release that people named in the review. */
  cause: string | null;
}
