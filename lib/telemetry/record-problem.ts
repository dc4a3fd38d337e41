import { metrics } from "@opentelemetry/api";
import { type Problem, problemStatuses } from "@/lib/http/problem";

const refusals = metrics
  .getMeter("pushline")
  .createCounter("pushline.http.problems", { description: "Requests answered with a problem." });

/** Counts a refusal by operation and code, and writes what is our own fault to the log. */
export function recordProblem(operation: string, problem: Problem, cause: unknown): void {
  refusals.add(1, { operation, code: problem.code });
  if (problemStatuses[problem.code] >= 500) console.error(`${operation}: ${problem.code}`, cause);
}
