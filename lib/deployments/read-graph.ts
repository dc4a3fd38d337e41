import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { firstCommits } from "@/lib/deployments/first-commit";
import type { ChangeGraph, KnownChange } from "@/lib/deployments/types";

/** What is known of one repository's commits: their parents, words, paths and pull requests. */
interface KnownRepository {
  changes: Map<string, KnownChange>;
  /** By parents where they are known, else by the pushes' order; [] for a root. */
  parents: Map<string, string[]>;
}

/**
 * Reads the commits of these repositories as far as they are known. `concerns`
 * says of a commit's paths whether they belong to the service; a commit of
 * unknown paths concerns nobody knows whom (null).
 */
export async function readGraph(
  db: Kysely<Database>,
  repositories: readonly string[],
  concerns: (repository: string, paths: readonly string[]) => boolean,
): Promise<ChangeGraph> {
  const known = new Map<string, KnownRepository>();
  for (const repository of repositories)
    known.set(repository, await readRepository(db, repository));
  return {
    parents: (repository, revision) => known.get(repository)?.parents.get(revision) ?? null,
    change: (repository, revision) => known.get(repository)?.changes.get(revision) ?? null,
    concerns(repository, revision) {
      const paths = known.get(repository)?.changes.get(revision)?.paths;
      return paths ? concerns(repository, paths) : null;
    },
  };
}

async function readRepository(db: Kysely<Database>, repository: string): Promise<KnownRepository> {
  const parents = new Map<string, string[]>();
  const changes = new Map<string, KnownChange>();
  const commits = await db
    .selectFrom("commits")
    .select(["revision", "parents", "paths", "authored_at", "message"])
    .where("repository", "=", repository)
    .execute();
  const authored = new Map(commits.map((commit) => [commit.revision, commit.authored_at]));
  const begun = await readFirstCommits(
    db,
    repository,
    (revision) => authored.get(revision)?.getTime() ?? null,
  );
  const pullRequests = await readPullRequests(db, repository, begun);
  for (const commit of commits) {
    if (commit.parents) parents.set(commit.revision, commit.parents);
    changes.set(commit.revision, {
      revision: commit.revision,
      authoredAt: commit.authored_at?.getTime() ?? null,
      message: commit.message,
      paths: commit.paths,
      parentCount: commit.parents?.length ?? null,
      pullRequest: pullRequests.get(commit.revision) ?? null,
    });
  }
  for (const { revision, parent } of await readPushOrder(db, repository)) {
    const said = parents.get(revision);
    if (!said) parents.set(revision, [parent]);
    else if (changes.get(revision)?.parentCount == null) said.push(parent);
  }
  return { changes, parents };
}

/** In an order of their own, so that the graph is the same whichever came first. */
async function readPushOrder(
  db: Kysely<Database>,
  repository: string,
): Promise<{ revision: string; parent: string }[]> {
  return db
    .selectFrom("revision_edges")
    .select(["revision", "parent"])
    .distinct()
    .where("repository", "=", repository)
    .where("origin", "=", "push")
    .orderBy("revision")
    .orderBy("parent")
    .execute();
}

interface PullRequestRow {
  revision: string;
  number: number;
  first_commit_at: Date | null;
  opened_at: Date | null;
  first_review_at: Date | null;
  merged_at: Date | null;
  merge_revision: string | null;
}

/** Which pull request brought a commit: its merge, its head, or the push of its merge lists it. */
async function readPullRequests(
  db: Kysely<Database>,
  repository: string,
  begun: ReadonlyMap<number, number>,
): Promise<Map<string, NonNullable<KnownChange["pullRequest"]>>> {
  const { rows } = await sql<PullRequestRow>`
    select distinct on (r.revision) r.revision, p.number,
      p.first_commit_at, p.opened_at, p.first_review_at, p.merged_at, p.merge_revision
    from pull_requests p
    cross join lateral (
      select p.merge_revision as revision, 1 as nearness
      union all select p.head_revision, 2
      union all select unnest(u.commits), 3 from pushes u
        where u.repository = p.repository and u.after = p.merge_revision and u.branch = p.base_branch
    ) r
    where p.repository = ${repository} and r.revision is not null
    order by r.revision, r.nearness, p.number`.execute(db);
  return new Map(
    rows.map((row) => [
      row.revision,
      {
        number: row.number,
        firstCommitAt: row.first_commit_at?.getTime() ?? begun.get(row.number) ?? null,
        openedAt: row.opened_at?.getTime() ?? null,
        firstReviewAt: row.first_review_at?.getTime() ?? null,
        mergedAt: row.merged_at?.getTime() ?? null,
        mergeRevision: row.merge_revision,
      },
    ]),
  );
}

/** For the pull requests whose sender does not say when they began: their branch's pushes do. */
async function readFirstCommits(
  db: Kysely<Database>,
  repository: string,
  authoredAt: (revision: string) => number | null,
): Promise<Map<number, number>> {
  const requests = await db
    .selectFrom("pull_requests")
    .select(["number", "branch", "base_branch", "merged_at", "closed_at"])
    .where("repository", "=", repository)
    .where("branch", "is not", null)
    .execute();
  if (requests.length === 0) return new Map();
  const pushes = await db
    .selectFrom("pushes")
    .select(["branch", "pushed_at", "commits"])
    .where("repository", "=", repository)
    .execute();
  return firstCommits(
    requests.map((request) => ({
      number: request.number,
      branch: request.branch ?? "",
      baseBranch: request.base_branch,
      mergedAt: request.merged_at?.getTime() ?? null,
      closedAt: request.closed_at?.getTime() ?? null,
    })),
    pushes.map((push) => ({
      branch: push.branch,
      pushedAt: push.pushed_at.getTime(),
      commits: push.commits,
    })),
    authoredAt,
  );
}
