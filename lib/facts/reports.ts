import { isFinal } from "@/lib/facts/claims";
import type { AttemptStatus, Time } from "@/lib/facts/types";

/**
 * One step of an attempt or an incident, told once by a provider that reports
 * each step apart. Reports are collected by their id and read together in
 * merge.ts; a merged fact carries what they say, not the reports.
 */
export interface Report<State extends string> {
  state: State;
  at: Time;
  /** True where `at` is a guess or the delivery's receipt: any report that names a time outranks it. */
  presumed?: boolean;
}

interface Progress {
  status?: AttemptStatus;
  queuedAt?: Time | null;
  startedAt?: Time | null;
  finishedAt?: Time | null;
}

/**
 * How far an attempt is by its reports, in whatever order they came: the first
 * final one ends it, the first running one starts it, and named times count
 * before presumed ones. A start after the finish belongs to no attempt.
 */
export function readProgress(reports: readonly Report<AttemptStatus>[]): Progress {
  const end = firstReport(reports.filter((report) => isFinal(report.state)));
  const start = firstReport(reports.filter((report) => report.state === "running"));
  const queued = firstReport(reports.filter((report) => report.state === "queued"));
  const furthest = end ?? start ?? queued;
  if (!furthest) return {};
  return {
    status: furthest.state,
    queuedAt: queued?.at ?? null,
    startedAt: start && !(end && start.at > end.at) ? start.at : null,
    finishedAt: end?.at ?? null,
  };
}

/** `reopened` opens again what was over by then, and opens nothing by itself. */
export type IncidentState = "opened" | "reopened" | "resolved";

interface IncidentTimes {
  openedAt?: Time | null;
  reopenedAt?: Time | null;
  resolvedAt?: Time | null;
}

/**
 * Opening, resolutions and reopenings by their reports: the first resolution
 * after an opening closes it, an opening or a reopening after that opens it
 * again, until the next resolution. What was resolved or reopened without ever
 * opening was no incident: every time is absent.
 */
export function readIncidentReports(reports: readonly Report<IncidentState>[]): IncidentTimes {
  const opening = firstReport(reports.filter((report) => report.state === "opened"));
  if (!opening) return {};
  // A guessed opening opens nothing again.
  const told = reports.filter((report) => report.state !== "opened" || !report.presumed);
  const times: IncidentTimes = { openedAt: opening.at };
  for (const { state, at } of inOrder(told)) {
    if (at < opening.at) continue;
    if (state === "resolved") times.resolvedAt ??= at;
    else if (times.resolvedAt) {
      times.reopenedAt = at;
      times.resolvedAt = null;
    }
  }
  return times;
}

/**
 * The last episode of an alert whose provider tells none of them apart: the first
 * opening after the resolution before it, and its own resolution. What was resolved
 * without ever opening was no alert: both times are absent.
 */
export function readAlertReports(reports: readonly Report<"opened" | "resolved">[]): {
  startedAt?: Time;
  endedAt?: Time | null;
} {
  const openings = reports.filter((report) => report.state === "opened");
  const named = openings.filter((report) => !report.presumed);
  const counted = named.length > 0 ? named : openings;
  const resolutions = reports.filter((report) => report.state === "resolved");
  const times: { startedAt?: Time; endedAt?: Time | null } = {};
  for (const { state, at } of inOrder([...counted, ...resolutions])) {
    if (state === "resolved") {
      if (times.startedAt) times.endedAt ??= at;
    } else if (!times.startedAt || times.endedAt) {
      times.startedAt = at;
      times.endedAt = null;
    }
  }
  return times;
}

/** The earliest report; presumed times only where none is named. Null for none. */
export function firstReport<S extends string>(reports: readonly Report<S>[]): Report<S> | null {
  const named = reports.filter((report) => !report.presumed);
  return inOrder(named.length > 0 ? named : reports)[0] ?? null;
}

/** By time, then by state, so that the order of arrival plays no part ("opened", "reopened", "resolved"). */
function inOrder<S extends string>(reports: readonly Report<S>[]): Report<S>[] {
  return reports.toSorted((a, b) =>
    a.at === b.at ? compare(a.state, b.state) : compare(a.at, b.at),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
