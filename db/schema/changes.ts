/** Commits, by repository and revision. */
export interface CommitsTable {
  id: string;
  repository: string;
  revision: string;
  parents: string[] | null;
  paths: string[] | null;
  authored_at: Date | null;
  committed_at: Date | null;
  author: string | null;
  message: string | null;
  url: string | null;
}

export interface PushesTable {
  id: string;
  repository: string;
  branch: string;
  before: string | null;
  after: string;
  forced: boolean;
  created: boolean;
  complete: boolean;
  commits: string[];
  pushed_at: Date;
}

export interface PullRequestsTable {
  id: string;
  repository: string;
  number: number;
  title: string | null;
  branch: string | null;
  base_branch: string | null;
  author: string | null;
  head_revision: string | null;
  base_revision: string | null;
  merge_revision: string | null;
  first_commit_at: Date | null;
  opened_at: Date | null;
  first_review_at: Date | null;
  merged_at: Date | null;
  closed_at: Date | null;
  labels: string[] | null;
  additions: number | null;
  deletions: number | null;
  url: string | null;
}

/**
 * The graph that change sets walk: one row per (revision, parent), from a
 * commit's own parents (`commit`) or from the order within pushes (`push`).
 * A root commit has one row with parent ''.
 */
export interface RevisionEdgesTable {
  repository: string;
  revision: string;
  parent: string;
  origin: "commit" | "push";
  /** The commit or push that says so, so that it can be taken back. */
  said_by: string;
}

/**
 * A number that no known ancestor's exceeds (the latest commit time in the history,
 * in epoch seconds), so that walks know how far they have to go. A means, no fact:
 * what it is depends on the order of arrival, what is derived does not.
 */
export interface RevisionHeightsTable {
  repository: string;
  revision: string;
  height: number;
}
