import { type Kysely, type Selectable, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { CommitsTable, PullRequestsTable, PushesTable } from "@/db/schema/changes";
import { branchCommits } from "@/lib/deployments/branch-commits";
import type { ChangeGraph, KnownChange } from "@/lib/deployments/types";

type Commit = Selectable<CommitsTable>;
type Push = Selectable<PushesTable>;
type Request = Selectable<PullRequestsTable>;
type Concerns = (repository: string, paths: readonly string[]) => boolean;

/**
 * For tests and benchmarks, what `withGraph` is held against: everything known of
 * these repositories, read whole, with no order of commits to go by.
 */
export async function readWholeGraph(
  db: Kysely<Database>,
  repositories: readonly string[],
  concerns: Concerns,
): Promise<ChangeGraph> {
  const known = new Map<string, Awaited<ReturnType<typeof readRepository>>>();
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

async function readRepository(db: Kysely<Database>, repository: string) {
  const of = sql<boolean>`repository = ${repository}`;
  const commits = await db.selectFrom("commits").selectAll().where(of).execute();
  const pushes = await db.selectFrom("pushes").selectAll().where(of).execute();
  const requests = await db.selectFrom("pull_requests").selectAll().where(of).execute();
  const edges = await db
    .selectFrom("revision_edges")
    .select(["revision", "parent"])
    .where(of)
    .where("origin", "=", "push")
    .orderBy("revision")
    .orderBy("parent")
    .execute();

  const parents = new Map<string, string[]>();
  for (const { revision, parents: said } of commits)
    if (said) parents.set(revision, [...said].sort());
  const said = new Set(parents.keys());
  for (const { revision, parent } of edges)
    if (!said.has(revision))
      parents.set(revision, [...new Set([...(parents.get(revision) ?? []), parent])]);
  const pullRequests = pullRequestsOf(commits, pushes, requests);
  const changes = new Map(
    commits.map((commit): [string, KnownChange] => [
      commit.revision,
      {
        revision: commit.revision,
        authoredAt: commit.authored_at?.getTime() ?? null,
        message: commit.message,
        paths: commit.paths,
        parentCount: commit.parents?.length ?? null,
        pullRequest: pullRequests(commit.revision),
      },
    ]),
  );
  return { parents, changes };
}

function pullRequestsOf(
  commits: readonly Commit[],
  pushes: readonly Push[],
  requests: readonly Request[],
): (revision: string) => KnownChange["pullRequest"] {
  const authored = new Map(commits.map((commit) => [commit.revision, commit.authored_at]));
  const own = branchCommits(
    requests
      .filter((request) => request.branch !== null)
      .map((request) => ({
        number: request.number,
        branch: request.branch ?? "",
        baseBranch: request.base_branch,
        mergedAt: request.merged_at?.getTime() ?? null,
        closedAt: request.closed_at?.getTime() ?? null,
      })),
    pushes.map((push) => ({ ...push, pushedAt: push.pushed_at.getTime() })),
  );
  const merges = new Set(requests.map((request) => request.merge_revision));
  const pushedTo = new Map<string, Push[]>();
  for (const push of pushes) {
    const to = `${push.branch} ${push.after}`;
    pushedTo.set(to, [...(pushedTo.get(to) ?? []), push]);
  }
  const pushedWith = ({ merge_revision, base_branch }: Request) =>
    (pushedTo.get(`${base_branch} ${merge_revision}`) ?? []).flatMap(({ commits }) => commits);
  const brought = new Map<string, { nearness: number; request: Request }>();
  for (const request of requests.toSorted((a, b) => a.number - b.number))
    for (const [revision, nearness] of [
      [request.merge_revision, 1] as const,
      [request.head_revision, 2] as const,
      ...pushedWith(request).map((revision) => [revision, 3] as const),
    ])
      if (revision !== null && nearness < (brought.get(revision)?.nearness ?? 4))
        brought.set(revision, { nearness, request });
  return (revision) => {
    const { request, nearness } = brought.get(revision) ?? {};
    if (!request) return null;
    const branch = own.get(request.number) ?? [];
    const times = branch.flatMap((commit) => authored.get(commit)?.getTime() ?? []);
    const along = pushedWith(request).filter((one) => one !== revision && !merges.has(one));
    return {
      number: request.number,
      firstCommitAt:
        request.first_commit_at?.getTime() ?? (times.length > 0 ? Math.min(...times) : null),
      openedAt: request.opened_at?.getTime() ?? null,
      firstReviewAt: request.first_review_at?.getTime() ?? null,
      mergedAt: request.merged_at?.getTime() ?? null,
      mergeRevision: request.merge_revision,
      rebased: nearness === 1 && along.length > 0 && branch.length !== 1,
    };
  };
}
