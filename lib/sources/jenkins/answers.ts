import { isFinal } from "@/lib/facts/claims";
import type { AttemptStatus, BuildMembers, Stage } from "@/lib/facts/types";
import {
  count,
  identifier,
  isPayload,
  list,
  name,
  type Payload,
  part,
  text,
} from "@/lib/sources/payload";
import { toTime } from "@/lib/sources/time";

/**
 * A build of the API as the Notification plugin would tell of it: what runs has
 * started, what ended is completed. `timestamp` is its start there, and its end here.
 */
export function notificationOf({ build: given }: Payload): Payload {
  const build = part(given);
  const startedAt = count64(build.timestamp);
  const duration = count(build.duration) ?? 0;
  const isRunning = build.building === true;
  return {
    url: build.url,
    build: {
      full_url: build.url,
      phase: isRunning ? "STARTED" : "COMPLETED",
      status: build.result,
      timestamp: startedAt !== null && !isRunning ? startedAt + duration : startedAt,
      duration,
      scm: scmOf(build),
    },
  };
}

/** The stages that a pipeline's own API told of a build. */
export function stagesOf({ stages }: Payload): Pick<BuildMembers, "stages"> {
  if (!Array.isArray(stages)) return {};
  return { stages: Object.fromEntries(stages.map(part).flatMap(stageOf)) };
}

const statuses: Record<string, AttemptStatus> = {
  __proto__: null as never,
  SUCCESS: "succeeded",
  FAILED: "failed",
  UNSTABLE: "failed",
  IN_PROGRESS: "running",
  PAUSED_PENDING_INPUT: "running",
};

/** One that was never begun is no stage of this build; one that was cut short is canceled. */
function stageOf(stage: Payload, index: number): [string, Stage][] {
  const known = text(stage.status) ?? "";
  if (known === "NOT_EXECUTED") return [];
  const status = statuses[known] ?? "canceled";
  const startedAt = toTime(stage.startTimeMillis);
  const duration = count(stage.durationMillis);
  const isOver = startedAt !== null && duration !== null && isFinal(status);
  const finishedAt = isOver ? toTime(Date.parse(startedAt) + duration) : null;
  const called = name(stage.name) ?? `Stage ${index + 1}`;
  return [[identifier(stage.id) ?? called, { name: called, status, startedAt, finishedAt }]];
}

function count64(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** The last checkout: what stands before it are libraries that the pipeline is made of. */
function scmOf(build: Payload): Payload {
  const checkout = list(build.actions)
    .filter(isPayload)
    .findLast((action) => isPayload(action.lastBuiltRevision));
  const { SHA1, branch } = part(checkout?.lastBuiltRevision);
  const named = text(part(list(branch)[0]).name);
  return {
    url: list(checkout?.remoteUrls)[0],
    commit: SHA1,
    ...(named !== "detached" && { branch: named }),
  };
}
