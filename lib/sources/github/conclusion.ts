import type { AttemptStatus } from "@/lib/facts/types";

/**
 * The status of a run, job or check from GitHub's `status` and `conclusion`,
 * which outrank the event's action: `requested` may come with a conclusion and
 * `in_progress` with a completed run. `action_required` waits for a person, so
 * it is queued; what was skipped or went stale never ran.
 */
export function attemptStatus(status: unknown, conclusion: unknown): AttemptStatus {
  switch (conclusion) {
    case "success":
    case "neutral":
      return "succeeded";
    case "failure":
    case "timed_out":
    case "startup_failure":
      return "failed";
    case "cancelled":
    case "skipped":
    case "stale":
      return "canceled";
    case "action_required":
      return "queued";
  }
  if (status === "in_progress") return "running";
  // Ended in a way that is not known here: canceled ones are in no figure.
  return status === "completed" ? "canceled" : "queued";
}
