import type { AttemptStatus } from "@/lib/facts/types";
import type { Payload } from "@/lib/sources/payload";

/**
 * How far a build is by its state, since an event may show a later one than the one
 * that caused it. A failing build still runs, and a blocked one waits for a person,
 * whatever `finished_at` says.
 */
export function buildStatus(build: Payload): AttemptStatus {
  if (build.blocked === true) return "running";
  switch (build.state) {
    case "passed":
      return "succeeded";
    case "failed":
      return "failed";
    case "started":
    case "running":
    case "failing":
    case "blocked":
    case "canceling":
      return "running";
    case "creating":
    case "scheduled":
      return "queued";
    // Canceled, skipped, not run; and what is not known here, which is in no figure either.
    default:
      return "canceled";
  }
}

/** How far a job is. One that failed softly fails no build. */
export function jobStatus(job: Payload): AttemptStatus {
  if (job.soft_failed === true) return "succeeded";
  switch (job.state) {
    case "passed":
      return "succeeded";
    case "finished":
      return job.passed === false ? "failed" : "succeeded";
    case "failed":
    case "timed_out":
    case "broken":
    case "expired":
      return "failed";
    case "running":
    case "timing_out":
    case "canceling":
      return "running";
    case "canceled":
    case "skipped":
      return "canceled";
    default:
      return "queued";
  }
}
