import type { ColumnType, Generated, JSONColumnType } from "kysely";

interface Attempt {
  id: string;
  source: string;
  key: string;
  status: string;
  queued_at: Date | null;
  started_at: Date | null;
  finished_at: Date | null;
  url: string | null;
}

export interface BuildsTable extends Attempt {
  repository: string;
  branch: string | null;
  revision: string | null;
  name: string;
  attempt: number | null;
  artifact: string | null;
  fallback: boolean;
  /** Whether it ran for the repository's default branch, where the provider says so. */
  default_branch: boolean | null;
  stages: JSONColumnType<unknown[]>;
  /** Finish, then start, then queued; generated. */
  at: ColumnType<Date, never, never>;
}

export interface TestRunsTable {
  id: string;
  source: string;
  key: string;
  repository: string;
  revision: string | null;
  branch: string | null;
  name: string | null;
  status: string;
  started_at: Date | null;
  finished_at: Date | null;
  tests: number | null;
  failed: number | null;
  skipped: number | null;
  flaky: number | null;
  coverage: number | null;
  /** Those that failed or were flaky and the slowest, 50 of each at most. */
  cases: JSONColumnType<unknown[], string | undefined, string>;
  /** Finish, then start; generated. */
  at: ColumnType<Date, never, never>;
}

/** What is reported of a deployment, resolved to a stream. */
interface ReportedDeployment extends Attempt {
  raw_service: string | null;
  raw_environment: string;
  /** The stream: resolved by the rules of pushline.yaml. */
  service: string;
  environment: string;
  tier: string;
  rollout_group: string | null;
  team: string | null;
  repository: string | null;
  branch: string | null;
  revision: string | null;
  version: string | null;
  artifact: string | null;
  declared_kind: string | null;
  hotfix: boolean;
  declared_failed: boolean | null;
  lane: string;
  strategy: string | null;
  steps: JSONColumnType<unknown[]>;
  approvals: JSONColumnType<unknown[]>;
  author: string | null;
  description: string | null;
  time_from_receipt: boolean;
  /** When the attempt stands in the stream's order: finish, then start, then what is known. */
  at: Date;
}

/** One source's report of a deployment; several may be of one (lib/deployments/identity.ts). */
export interface DeploymentReportsTable extends ReportedDeployment {
  /** The deployment that it is of: the id of the first of its reports. */
  deployment_id: string;
  /** Its span by `spanOf`; null in an upgraded database until the report is saved anew. */
  begins_at: Date | null;
  ends_at: Date | null;
}

/** Deployments as their reports together tell them, and, below, as derived. Id, source and key are the first report's. */
export interface DeploymentsTable extends ReportedDeployment {
  /** The ids of its reports in the order of their start, its own the first. */
  members: Generated<string[]>;

  // Derived by lib/deployments; null until the stream has been derived.
  completed: Generated<boolean>;
  /** The class in force: corrected, declared or derived. */
  kind: string | null;
  derived_kind: string | null;
  previous: string | null;
  changes_known: boolean | null;
  change_count: number | null;
  failed: Generated<boolean>;
  failed_attempt: Generated<boolean>;
  failed_remedy: Generated<boolean>;
  withdrawn: Generated<boolean>;
  /** Deployments made in response to a failure. */
  rework: Generated<boolean>;
  failure_reason: string | null;
  failure_incident: string | null;
  first_sign_at: Date | null;
  /** Recovery's stages, as lib/deployments derives them. */
  detect_seconds: number | null;
  decide_seconds: number | null;
  remedy_seconds: number | null;
  confirm_seconds: number | null;
  restored_at: Date | null;
  recovery_seconds: number | null;
  /** What held: rollback, revert, fix_forward, flag_off or none; null while open or not failed. */
  held_by: string | null;
  remedies: JSONColumnType<unknown[], string | undefined, string>;
  reasons: JSONColumnType<string[], string | undefined, string>;
  /** Counted once per rollout group: false for the regions after the first. */
  counted: Generated<boolean>;
  /** The deployment that brought what lay on top of the revisions in effect once this one had run. */
  layer: string | null;
  /** Where that is this one: the deployment that brought what lies beneath. */
  layer_below: string | null;
  /** The last moment at which something later had, or may yet have, a say in what is derived of it. */
  open_until: Date | null;
}

/** The change set of one deployment, with lead times where a change shipped for the first time. */
export interface DeploymentChangesTable {
  deployment_id: string;
  repository: string;
  revision: string;
  service: string;
  environment: string;
  tier: string;
  team: string | null;
  finished_at: Date;
  /** Null when the change had shipped here before, or its author time is unknown or later. */
  lead_seconds: number | null;
  anomaly: boolean;
  coding_seconds: number | null;
  pickup_seconds: number | null;
  review_seconds: number | null;
  merge_to_deploy_seconds: number | null;
  deploy_seconds: number | null;
  paths_unknown: boolean;
}

/** What a deployment shipped, or took back, that its change set does not tell. */
export interface DeploymentTracesTable {
  deployment_id: string;
  repository: string;
  revision: string;
  /** change: a pick of its set; merge: came along; left: seen first as it was taken back. */
  role: string;
  /** The commit that it was picked from; null where it stands for itself. */
  original: string | null;
}
