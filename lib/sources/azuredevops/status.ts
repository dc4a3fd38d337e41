import type { AttemptStatus } from "@/lib/facts/types";

const statuses: Record<string, AttemptStatus> = {
  notstarted: "queued",
  queued: "queued",
  scheduled: "queued",
  waiting: "queued",
  inprogress: "running",
  running: "running",
  canceling: "running",
  cancelling: "running",
  succeeded: "succeeded",
  // It went through, with failures that were let pass.
  partiallysucceeded: "succeeded",
  failed: "failed",
  rejected: "failed",
  canceled: "canceled",
  stopped: "canceled",
  skipped: "canceled",
};

/** The status of a run, stage or deployment: its result, once it has one; null for one that is not known here. */
export function attemptStatus(state: unknown, result?: unknown): AttemptStatus | null {
  const told = [result, state].find((one) => typeof one === "string" && one !== "");
  const given = String(told ?? "").toLowerCase();
  return Object.hasOwn(statuses, given) ? (statuses[given] ?? null) : null;
}
