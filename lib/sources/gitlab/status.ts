import type { AttemptStatus } from "@/lib/facts/types";

const statuses: Record<string, AttemptStatus> = {
  created: "queued",
  waiting_for_resource: "queued",
  waiting_for_callback: "queued",
  preparing: "queued",
  pending: "queued",
  scheduled: "queued",
  // Waits for a person.
  manual: "queued",
  running: "running",
  canceling: "running",
  success: "succeeded",
  failed: "failed",
  canceled: "canceled",
  skipped: "canceled",
};

/** The status of a pipeline, job or deployment; null for one that is not known here. */
export function attemptStatus(status: string): AttemptStatus | null {
  return Object.hasOwn(statuses, status) ? (statuses[status] ?? null) : null;
}
