import { originalOf } from "./cherry-pick";
import type { ChangeGraph, KnownChange } from "./types";

/** A commit that concerns the service, as one entry of a change set. */
export interface Change {
  repository: string;
  revision: string;
  /** Shared by a cherry-pick and its original. */
  identity: string;
  /** When its work was first authored: a squash takes its pull request's first commit. */
  firstAuthoredAt: number | null;
  pathsUnknown: boolean;
  message: string | null;
  pullRequest: KnownChange["pullRequest"];
}

export interface ChangeSet {
  /** False where a path back is unknown; then nothing is listed. */
  known: boolean;
  /** Newest first. */
  changes: Change[];
  /** The merge commits that came along: no changes, but a revert may name one. */
  merges: string[];
}

export const unknownChangeSet: ChangeSet = { known: false, changes: [], merges: [] };
export const emptyChangeSet: ChangeSet = { known: true, changes: [], merges: [] };

/**
 * The changes among a walk's revisions: commits that are no merges and concern
 * the service (those with unknown paths belong, marked), a cherry-pick and its
 * original once. `null` revisions make an unknown set.
 */
export function buildChangeSet(
  graph: ChangeGraph,
  repository: string,
  revisions: readonly string[] | null,
): ChangeSet {
  if (revisions === null) return unknownChangeSet;
  const merges: string[] = [];
  const byIdentity = new Map<string, Change>();
  for (const revision of revisions) {
    const known = graph.change(repository, revision);
    if (isMerge(graph, repository, revision, known)) {
      merges.push(revision);
      continue;
    }
    const concerns = graph.concerns(repository, revision);
    if (concerns === false) continue;
    const change = readChange(graph, repository, revision, known, concerns === null);
    // Of a pick and its original in one set the original is listed, wherever it stands.
    if (!byIdentity.has(change.identity) || change.identity === identityOf(repository, revision)) {
      byIdentity.set(change.identity, change);
    }
  }
  return { known: true, changes: [...byIdentity.values()], merges };
}

export function identityOf(repository: string, revision: string): string {
  return `${repository}@${revision}`;
}

function readChange(
  graph: ChangeGraph,
  repository: string,
  revision: string,
  known: KnownChange | null,
  pathsUnknown: boolean,
): Change {
  const original = originalOf(graph, repository, revision);
  const authored = [known, graph.change(repository, original)]
    .map((commit) => (commit ? firstAuthoredAt(commit) : null))
    .filter((time) => time !== null);
  return {
    repository,
    revision,
    identity: identityOf(repository, original),
    firstAuthoredAt: authored.length > 0 ? Math.min(...authored) : null,
    pathsUnknown,
    message: known?.message ?? null,
    pullRequest: known?.pullRequest ?? null,
  };
}

function firstAuthoredAt(commit: KnownChange): number | null {
  const pullRequest = commit.pullRequest;
  const squash =
    pullRequest !== null &&
    !pullRequest.rebased &&
    (pullRequest.mergeRevision === undefined || pullRequest.mergeRevision === commit.revision);
  return (squash ? pullRequest.firstCommitAt : null) ?? commit.authoredAt;
}

// Push payloads list commits without their parents; then git's own wording tells a merge.
const mergeWording = /^Merge (pull request #\d+ from|branch(es)? '|remote-tracking branch|tag ')/;

function isMerge(
  graph: ChangeGraph,
  repository: string,
  revision: string,
  known: KnownChange | null,
): boolean {
  const parents = graph.parents(repository, revision)?.length ?? 0;
  const parentCount = known?.parentCount ?? null;
  if (parentCount !== null || parents >= 2) return Math.max(parentCount ?? 0, parents) >= 2;
  return mergeWording.test(known?.message ?? "");
}
