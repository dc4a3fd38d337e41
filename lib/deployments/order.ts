import type { Attempt, StreamIncident } from "./types";

/** An attempt at its place in the stream. Times are epoch milliseconds. */
export interface OrderedAttempt {
  attempt: Attempt;
  /** Where it stands: its finish, else its start, its queueing, when it was told; Infinity where nothing is known. */
  at: number;
  /** When it began to answer whatever it answers: its start, else where it stands. */
  beganAt: number;
  completed: boolean;
}

/**
 * The attempts of a stream, each once, ordered by finish, then start, then key,
 * with whether they completed: succeeded, or proven by a confirmed incident to
 * have reached users.
 */
export function orderAttempts(
  attempts: readonly Attempt[],
  incidents: readonly StreamIncident[],
): OrderedAttempt[] {
  const proven = new Set(incidents.flatMap(confirmedDeployments));
  return uniqueById(attempts)
    .map((attempt) => {
      const at =
        attempt.finishedAt ?? attempt.startedAt ?? attempt.queuedAt ?? attempt.toldAt ?? Infinity;
      return {
        attempt,
        at,
        beganAt: attempt.startedAt ?? at,
        completed: attempt.status === "succeeded" || proven.has(attempt.id),
      };
    })
    .sort(
      (a, b) =>
        compare(a.at, b.at) ||
        compare(a.beganAt, b.beganAt) ||
        compare(a.attempt.key, b.attempt.key) ||
        compare(a.attempt.id, b.attempt.id),
    );
}

/** The deployments an incident is confirmed to come from, by declaration or by a verdict that stands. */
export function confirmedDeployments(incident: StreamIncident): string[] {
  if (incident.verdict === "none") return [];
  return incident.confirmed.filter((id) => !incident.rejected.includes(id));
}

/** One entry per id, whatever the order of the input. */
export function uniqueById<T extends { id: string }>(items: readonly T[]): T[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  return [...byId.values()].sort((a, b) => compare(a.id, b.id));
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
