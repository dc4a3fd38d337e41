import { sql } from "kysely";
import { reachFor, repositoryWithin, serviceWithin, type Within } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { iso } from "@/lib/deployments/deployment-answer";
import { buildAnswer } from "@/lib/facts/list-builds";
import type { JourneyAnswer } from "@/lib/http/fact-answers";
import { Problem } from "@/lib/http/problem";

/**
 * The journey of one commit, named by its revision or an unambiguous beginning
 * of at least 7 digits. Throws `not_found`, and `conflict` for an ambiguous one.
 */
export async function readJourney(
  context: Context,
  revision: string,
  repository?: string,
): Promise<JourneyAnswer> {
  const within = await reachFor(context, {
    repository: repository === undefined ? [] : [repository],
  });
  const commit = await findCommit(context, within, revision, repository);
  const [pullRequest, builds, deployments] = await Promise.all([
    context.db
      .selectFrom("pull_requests")
      .selectAll()
      .where("repository", "=", commit.repository)
      .where((where) =>
        where.or([
          where("merge_revision", "=", commit.revision),
          where("head_revision", "=", commit.revision),
        ]),
      )
      .orderBy("number")
      .executeTakeFirst(),
    context.db
      .selectFrom("builds")
      .selectAll()
      .where("repository", "=", commit.repository)
      .where("revision", "=", commit.revision)
      .orderBy("at")
      .execute(),
    context.db
      .selectFrom("deployment_changes as c")
      .innerJoin("deployments as d", "d.id", "c.deployment_id")
      .select(["d.id", "d.service", "d.environment", "d.tier", "d.kind", "d.status"])
      .select(["d.finished_at", "d.failed", "c.lead_seconds"])
      .where("c.repository", "=", commit.repository)
      .where("c.revision", "=", commit.revision)
      .where(within ? serviceWithin(within, "d.service") : sql<boolean>`true`)
      .orderBy("d.at")
      .execute(),
  ]);
  return {
    revision: commit.revision,
    repository: commit.repository,
    message: commit.message,
    author: commit.author,
    authoredAt: iso(commit.authored_at),
    committedAt: iso(commit.committed_at),
    pullRequest: pullRequest
      ? {
          number: pullRequest.number,
          title: pullRequest.title,
          firstCommitAt: iso(pullRequest.first_commit_at),
          openedAt: iso(pullRequest.opened_at),
          firstReviewAt: iso(pullRequest.first_review_at),
          mergedAt: iso(pullRequest.merged_at),
          url: pullRequest.url,
        }
      : null,
    builds: builds.map(buildAnswer),
    deployments: deployments.map((row) => ({
      id: row.id,
      service: row.service,
      environment: row.environment,
      tier: row.tier,
      kind: row.kind,
      status: row.status,
      finishedAt: iso(row.finished_at),
      leadTimeSeconds: row.lead_seconds,
      failed: row.failed,
    })),
  };
}

async function findCommit(
  context: Context,
  within: Within | null,
  revision: string,
  repository?: string,
) {
  const beginning = revision.replaceAll(/[\\%_]/g, "\\$&");
  let query = context.db
    .selectFrom("commits")
    .selectAll()
    .where(sql<boolean>`revision like ${`${beginning}%`}`);
  if (within) query = query.where(repositoryWithin(within));
  if (repository) query = query.where("repository", "=", repository);
  const commits = await query.limit(2).execute();
  const [commit] = commits;
  if (!commit) throw new Problem("not_found", "No change of this revision is known.");
  if (commits.length > 1 && commit.revision !== revision)
    throw new Problem("conflict", "Several changes begin with these digits.", {
      field: "sha",
      expected: "more digits, or ?repository=",
    });
  return commit;
}
