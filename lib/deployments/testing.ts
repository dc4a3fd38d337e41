import { deriveStream } from "./derive-stream";
import type {
  Attempt,
  ChangeGraph,
  DerivedDeployment,
  KnownChange,
  StreamIncident,
  StreamInput,
} from "./types";

/** Builders for tests: a day's clock, commits, attempts and incidents with sane defaults. */

const midnight = Date.UTC(2026, 10, 2);
export const minute = 60_000;
export const hour = 60 * minute;

/** "10:30", or "2 10:30" for two days later, as epoch milliseconds. */
export function at(clock: string): number {
  const [, days = "0", hours = "0", minutes = "0"] = /^(?:(\d+) )?(\d+):(\d+)$/.exec(clock) ?? [];
  return midnight + Number(days) * 24 * hour + Number(hours) * hour + Number(minutes) * minute;
}

export interface Commit {
  /** Left out: unknown. */
  parents?: string[];
  authored?: string;
  message?: string;
  paths?: string[];
  pullRequest?: Partial<NonNullable<KnownChange["pullRequest"]>>;
  /** False where only pushes order the commits. */
  parentCountKnown?: boolean;
}

/** A graph of acme/shop; `concerns` goes by the paths' prefix. */
export function graphOf(commits: Record<string, Commit>, prefix = ""): ChangeGraph {
  return {
    parents: (_repository, revision) => commits[revision]?.parents ?? null,
    change: (_repository, revision) => {
      const commit = commits[revision];
      if (!commit) return null;
      const counted = commit.parentCountKnown !== false && commit.parents;
      return {
        revision,
        authoredAt: commit.authored === undefined ? null : at(commit.authored),
        message: commit.message ?? revision,
        paths: commit.paths ?? null,
        parentCount: counted ? counted.length : null,
        pullRequest: commit.pullRequest
          ? {
              number: 1,
              firstCommitAt: null,
              openedAt: null,
              firstReviewAt: null,
              mergedAt: null,
              ...commit.pullRequest,
            }
          : null,
      };
    },
    concerns: (_repository, revision) => {
      const paths = commits[revision]?.paths;
      if (prefix === "") return true;
      return paths ? paths.some((path) => path.startsWith(prefix)) : null;
    },
  };
}

/** Commits in one line, each authored at the clock given, the first one a root. */
export function chain(...commits: [revision: string, authored: string, message?: string][]) {
  return Object.fromEntries(
    commits.map(([revision, authored, message], index) => [
      revision,
      { parents: commits.slice(index - 1, index).map(([parent]) => parent), authored, message },
    ]),
  ) satisfies Record<string, Commit>;
}

/** A succeeded attempt of five minutes that finishes at the clock given. */
export function attempt(
  id: string,
  revision: string | null,
  finished: string,
  more: Partial<Attempt> = {},
): Attempt {
  return {
    id,
    key: `ci/${id}`,
    repository: "acme/shop",
    revision,
    artifact: null,
    version: null,
    status: "succeeded",
    declaredKind: null,
    hotfix: false,
    declaredFailed: null,
    correctedKind: null,
    correctedFailed: null,
    correctionNote: null,
    rolloutGroup: null,
    queuedAt: null,
    startedAt: at(finished) - 5 * minute,
    finishedAt: at(finished),
    toldAt: null,
    ...more,
  };
}

/** An incident of the stream; `resolved` left out is still open. */
export function incident(
  id: string,
  opened: string,
  resolved: string | null,
  more: Partial<StreamIncident> = {},
): StreamIncident {
  return {
    id,
    title: `Errors ${id}`,
    ofStream: true,
    openedAt: at(opened),
    acknowledgedAt: null,
    resolvedAt: resolved === null ? null : at(resolved),
    firstSignAt: at(opened),
    verdict: null,
    confirmed: [],
    confirmedRelease: false,
    rejected: [],
    matches: [],
    ...more,
  };
}

/** Derives a stream; the answers by deployment id. */
export function deriveById(more: Partial<StreamInput>): Record<string, DerivedDeployment> {
  return Object.fromEntries(deriveStream(stream(more)).map((one) => [one.id, one]));
}

export function stream(more: Partial<StreamInput>): StreamInput {
  return {
    service: "shop",
    environment: "production",
    tier: "production",
    deployments: [],
    incidents: [],
    releases: [],
    graph: graphOf({}),
    matchThreshold: 0.8,
    ...more,
  };
}
