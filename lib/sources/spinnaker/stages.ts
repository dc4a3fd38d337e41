import type { AttemptStatus, Time } from "@/lib/facts/types";
import { list, name, type Payload, part } from "@/lib/sources/payload";
import { timeOf } from "@/lib/sources/spinnaker/content";

/** Stages that put something where it runs; all others prepare, wait or look. */
const deploying = [
  "deploy",
  "deploymanifest",
  "cloneservergroup",
  "deploycloudformation",
  "deployservice",
  "runmanifest",
  "bakeanddeploy",
];
const rollingBack = ["rollbackcluster", "undorolloutmanifest", "rollbackservergroup"];

/** What the stages of one execution did in one environment: deployed there, or rolled back. */
export interface Rollout {
  environment: string;
  isRollback: boolean;
  status: AttemptStatus;
  startedAt: Time | null;
  finishedAt: Time | null;
}

/**
 * One rollout per account that the execution's stages deploy to, in their order, and one
 * of those that roll back there: a pipeline may end by undoing what it did. Stages that
 * roll back count once they run, since most wait for a failure that never comes.
 */
export function rolloutsOf(execution: Payload): Rollout[] {
  const isOver = isFinalStatus(statusOf(execution.status));
  const stages = list(execution.stages).map(part);
  const deployments = stages.filter((stage) => deploying.includes(typeOf(stage)));
  const rollbacks = stages.filter((stage) => rollingBack.includes(typeOf(stage)) && hasRun(stage));
  return [
    ...byEnvironment(deployments).map((own) => ({ ...rolloutOf(own, isOver), isRollback: false })),
    ...byEnvironment(rollbacks).map((own) => ({ ...rolloutOf(own, isOver), isRollback: true })),
  ];
}

interface Stages {
  environment: string;
  stages: Payload[];
}

function byEnvironment(stages: readonly Payload[]): Stages[] {
  const environments = new Set(stages.flatMap((stage) => environmentOf(stage) ?? []));
  return [...environments].map((environment) => ({
    environment,
    stages: stages.filter((stage) => environmentOf(stage) === environment),
  }));
}

/** Of stages under conditions those that were passed over say nothing, unless all were. */
function rolloutOf({ environment, stages }: Stages, isOver: boolean): Omit<Rollout, "isRollback"> {
  const taken = stages.filter((stage) => stage.status !== "SKIPPED");
  const statuses = (taken.length > 0 ? taken : stages).map((stage) => {
    const status = statusOf(stage.status);
    // What never ran when the execution was over will not run any more.
    return isOver && !isFinalStatus(status) ? "canceled" : status;
  });
  const isDone = statuses.every(isFinalStatus);
  const times = (member: "startTime" | "endTime") =>
    taken.flatMap((stage) => timeOf(stage[member]) ?? []).sort();
  return {
    environment,
    status: isDone ? worst(statuses) : running(statuses),
    startedAt: times("startTime")[0] ?? null,
    finishedAt: isDone ? (times("endTime").at(-1) ?? null) : null,
  };
}

function hasRun({ status }: Payload): boolean {
  return status !== "SKIPPED" && statusOf(status) !== "queued";
}

const worst = (statuses: readonly AttemptStatus[]) =>
  (["failed", "canceled"] as const).find((bad) => statuses.includes(bad)) ?? "succeeded";
const running = (statuses: readonly AttemptStatus[]) =>
  statuses.every((status) => status === "queued") ? "queued" : "running";

const typeOf = (stage: Payload) => name(stage.type)?.toLowerCase() ?? "";

/** The account is where Spinnaker deploys to: a cluster or a cloud account, named for its environment. */
function environmentOf(stage: Payload): string | null {
  const context = part(stage.context);
  const [cluster] = list(context.clusters).map(part);
  return (
    name(context.account) ??
    name(context.credentials) ??
    name(cluster?.account) ??
    name(part(context.manifest).account)
  );
}

function isFinalStatus(status: AttemptStatus): boolean {
  return status !== "queued" && status !== "running";
}

/** Orca's words (spinnaker/orca, ExecutionStatus). */
function statusOf(status: unknown): AttemptStatus {
  switch (status) {
    case "SUCCEEDED":
      return "succeeded";
    case "TERMINAL":
    case "FAILED_CONTINUE":
      return "failed";
    case "RUNNING":
    case "PAUSED":
    case "SUSPENDED":
    case "REDIRECT":
      return "running";
    case "NOT_STARTED":
    case "BUFFERED":
      return "queued";
    default:
      return "canceled";
  }
}
