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

/** What the stages of one execution did in one environment. */
export interface Rollout {
  environment: string;
  isRollback: boolean;
  status: AttemptStatus;
  startedAt: Time | null;
  finishedAt: Time | null;
}

/** One rollout per account that the execution's stages deploy to, in their order. */
export function rolloutsOf(execution: Payload): Rollout[] {
  const isOver = isFinalStatus(statusOf(execution.status));
  const stages = list(execution.stages).map(part).filter(isDeploying);
  const environments = new Set(stages.flatMap((stage) => environmentOf(stage) ?? []));
  return [...environments].map((environment) => {
    const own = stages.filter((stage) => environmentOf(stage) === environment);
    return rolloutOf(environment, own, isOver);
  });
}

function rolloutOf(environment: string, stages: readonly Payload[], isOver: boolean): Rollout {
  const statuses = stages.map((stage) => {
    const status = statusOf(stage.status);
    // What never ran when the execution was over will not run any more.
    return isOver && !isFinalStatus(status) ? "canceled" : status;
  });
  const isDone = statuses.every(isFinalStatus);
  const times = (member: "startTime" | "endTime") =>
    stages.flatMap((stage) => timeOf(stage[member]) ?? []).sort();
  return {
    environment,
    isRollback: stages.every((stage) => rollingBack.includes(typeOf(stage))),
    status: isDone ? worst(statuses) : running(statuses),
    startedAt: times("startTime")[0] ?? null,
    finishedAt: isDone ? (times("endTime").at(-1) ?? null) : null,
  };
}

const worst = (statuses: readonly AttemptStatus[]) =>
  (["failed", "canceled"] as const).find((bad) => statuses.includes(bad)) ?? "succeeded";
const running = (statuses: readonly AttemptStatus[]) =>
  statuses.every((status) => status === "queued") ? "queued" : "running";

function isDeploying(stage: Payload): boolean {
  return deploying.includes(typeOf(stage)) || rollingBack.includes(typeOf(stage));
}

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
