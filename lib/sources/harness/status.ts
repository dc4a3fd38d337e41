import type { AttemptStatus } from "@/lib/facts/types";

/**
 * The statuses of an execution, as Harness' API lists them (`AbortedByFreeze`) and as its
 * expressions write them (`ABORTED_BY_FREEZE`), without case and underscores; and the words of
 * notifications, of which “completed” says nothing.
 */
const statuses: Record<string, AttemptStatus> = {
  notstarted: "queued",
  queued: "queued",
  queuedlicenselimitreached: "queued",
  queuedexecutionconcurrencyreached: "queued",
  queuedglobalinfracapacityreached: "queued",
  started: "running",
  running: "running",
  asyncwaiting: "running",
  taskwaiting: "running",
  timedwaiting: "running",
  resourcewaiting: "running",
  interventionwaiting: "running",
  approvalwaiting: "running",
  inputwaiting: "running",
  uploadwaiting: "running",
  waitsteprunning: "running",
  pausing: "running",
  paused: "running",
  discontinuing: "running",
  success: "succeeded",
  succeeded: "succeeded",
  ignorefailed: "succeeded",
  failed: "failed",
  errored: "failed",
  error: "failed",
  expired: "failed",
  approvalrejected: "failed",
  aborted: "canceled",
  abortedbyfreeze: "canceled",
  freezefailed: "canceled",
  suspended: "canceled",
  skipped: "canceled",
};

/** Null for a word that is not known here. */
export function executionStatus(word: string | null): AttemptStatus | null {
  const given = word?.toLowerCase().replaceAll("_", "") ?? "";
  return Object.hasOwn(statuses, given) ? (statuses[given] ?? null) : null;
}
