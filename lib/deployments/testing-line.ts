import { attempt, type Commit, chain, deriveById, graphOf, incident } from "./testing";
import type { Attempt, DerivedDeployment, StreamIncident, StreamInput } from "./types";

/** For tests: one line of commits, what is deployed of it, and what becomes of that. */

export const line = chain(["v1", "8:00"], ["v2", "8:10"], ["v3", "8:20"], ["v4", "8:30"]);

type More = Partial<StreamInput> & { commits?: Record<string, Commit> };

/** Derives attempts of the line, or of other commits in its place; the answer by id. */
export function derive(
  deployments: Attempt[],
  incidents: StreamIncident[] = [],
  { commits = line, ...input }: More = {},
) {
  return deriveById({ graph: graphOf(commits), deployments, incidents, ...input });
}

/** Derives attempts of the line and of commits beside it; the answer by id. */
export function deriveBeside(
  deployments: Attempt[],
  incidents: StreamIncident[],
  { commits, ...input }: More = {},
) {
  return derive(deployments, incidents, { commits: { ...line, ...commits }, ...input });
}

/** Finishes at 10:00, 11:00, …: d1, d2, … */
export const deploy = (...revisions: string[]) =>
  revisions.map((revision, index) => attempt(`d${index + 1}`, revision, `${10 + index}:00`));
export const change = (attempts: Attempt[], id: string, more: Partial<Attempt>) =>
  attempts.map((one) => (one.id === id ? { ...one, ...more } : one));

export const failedIds = (derived: Record<string, DerivedDeployment>) =>
  Object.values(derived).flatMap((one) => (one.failed ? one.id : []));
export const withdrawnIds = (derived: Record<string, DerivedDeployment>) =>
  Object.values(derived).flatMap((one) => (one.withdrawn ? one.id : []));

export const matched = (deployment: string, probability = 0.9) => ({
  matches: [{ deployment, probability }],
});
export const confirmed = (deployment: string) => ({
  verdict: "confirmed" as const,
  confirmed: [deployment],
});

/** v2 at 11:00 fails by an incident from 11:10 on. */
export const two = [attempt("d1", "v1", "10:00"), attempt("d2", "v2", "11:00")];
export const failing = (resolved: string | null) => incident("i", "11:10", resolved, matched("d2"));
