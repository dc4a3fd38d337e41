import { type Problem, problemStatuses } from "@/lib/http/problem";
import { counter } from "@/lib/telemetry/instruments";

const refusals = counter("pushline.http.problems", {
  description: "Requests answered with a problem.",
});

const quietMilliseconds = 1_000;
const lastWritten = new Map<string, { at: number; unwritten: number }>();

/** Counts a refusal by operation and code, and writes what is our own fault to the log. */
export function recordProblem(operation: string, problem: Problem, cause: unknown): void {
  refusals.add(1, { operation, code: problem.code });
  if (problemStatuses[problem.code] >= 500) write(`${operation}: ${problem.code}`, cause);
}

/** The same trouble at most once a second: a database that is away must not fill the disk with logs. */
function write(subject: string, cause: unknown): void {
  const now = performance.now();
  const last = lastWritten.get(subject);
  if (last && now - last.at < quietMilliseconds) {
    last.unwritten += 1;
    return;
  }
  lastWritten.set(subject, { at: now, unwritten: 0 });
  const more = last?.unwritten ? ` (and ${last.unwritten} more like it before)` : "";
  console.error(`${subject}${more}\n${explain(cause)}`);
}

/** The stack alone: a database error's other members repeat the row, secrets and all. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `\n  because of ${error.cause.stack}` : "";
  return `${error.stack}${cause}`;
}
