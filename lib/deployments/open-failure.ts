import type { Judged } from "./failure";
import type { RemedyKind, StreamIncident } from "./types";

/** A remedy as it was tried. Times are epoch milliseconds. */
export interface TriedRemedy {
  kind: RemedyKind;
  deployment: string | null;
  release: string | null;
  startedAt: number;
  finishedAt: number | null;
}

/** A failed deployment on its way to being restored. */
export interface OpenFailure {
  deployment: Judged;
  /** Confirmed or matched ones; else those of the stream that were open when the first remedy started. */
  incidents: StreamIncident[];
  /** In the order they started. */
  remedies: TriedRemedy[];
}

const dayMs = 24 * 60 * 60_000;

export function openFailure(deployment: Judged): OpenFailure {
  const own = deployment.marks.flatMap(({ incident }) => incident ?? []);
  return { deployment, incidents: byFirstSign([...new Set(own)]), remedies: [] };
}

/**
 * Adds a remedy. The first one settles which incidents are the failure's, where it
 * has none of its own: those of the stream that are `open` when it starts.
 */
export function addRemedy(
  failure: OpenFailure,
  remedy: TriedRemedy,
  open: readonly StreamIncident[],
): void {
  failure.incidents = incidentsAt(failure, open);
  failure.remedies.push(remedy);
}

/** The failure's incidents as an answer finds them that starts while `open` are open. */
export function incidentsAt(
  failure: OpenFailure,
  open: readonly StreamIncident[],
): StreamIncident[] {
  if (failure.incidents.length > 0 || failure.remedies.length > 0) return failure.incidents;
  // What began before the deployment did, or came from no change, is none of its own.
  const { beganAt } = failure.deployment;
  return byFirstSign(
    open.filter(({ verdict, firstSignAt }) => verdict !== "none" && firstSignAt >= beganAt),
  );
}

/** The first sign of a failure: its incidents', else the deployment's finish. */
export function firstSignOf(failure: OpenFailure, incidents = failure.incidents): number {
  const [earliest] = incidents;
  return earliest ? earliest.firstSignAt : failure.deployment.at;
}

/** The last resolution of its incidents; without any, the finish of the remedy started last. */
export function restoredAt({ incidents, remedies }: OpenFailure): number | null {
  let latest: number | null = null;
  for (const { resolvedAt } of incidents) {
    if (resolvedAt === null) return null;
    latest = Math.max(latest ?? resolvedAt, resolvedAt);
  }
  if (latest !== null) return latest;
  const last = remedies.at(-1);
  return last ? (last.finishedAt ?? last.startedAt) : null;
}

/** Whether an answer that is plainly meant for this failure still comes in time. */
export function awaitsAnswer(failure: OpenFailure, at: number): boolean {
  const restored = restoredAt(failure);
  if (restored !== null) return at < restored;
  const last = failure.remedies.at(-1);
  return last === undefined || at <= (last.finishedAt ?? last.startedAt) + dayMs;
}

/** Whether the failure is open at `at`, so that any remedy started then may be meant for it. */
export function isOpen(failure: OpenFailure, at: number): boolean {
  return firstSignOf(failure) <= at && awaitsAnswer(failure, at) && !isForgotten(failure, at);
}

/** With nothing tried and nobody to close it, a failure draws strangers for a day. */
export function isForgotten(failure: OpenFailure, at: number): boolean {
  const { remedies } = failure;
  return remedies.length === 0 && at > firstSignOf(failure) + dayMs && restoredAt(failure) === null;
}

/**
 * The last moment at which an answer to a failure may start, but for one that is
 * plainly meant for its incident and comes later than a day after its first sign.
 */
export function openUntil(failure: OpenFailure): number {
  const ends = failure.remedies.map(({ startedAt, finishedAt }) => finishedAt ?? startedAt);
  const last = ends.at(-1) ?? firstSignOf(failure);
  return Math.max(restoredAt(failure) ?? last + dayMs, ...ends);
}

/** The oldest first. */
export function byAge(failures: readonly OpenFailure[]): OpenFailure[] {
  return [...failures].sort(
    (a, b) => firstSignOf(a) - firstSignOf(b) || a.deployment.place - b.deployment.place,
  );
}

function byFirstSign(incidents: StreamIncident[]): StreamIncident[] {
  return incidents.sort(
    (a, b) => a.firstSignAt - b.firstSignAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}
