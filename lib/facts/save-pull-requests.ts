import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Revision } from "@/lib/facts/edges";
import { saveById } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";

/** Saves pull requests; answers the revisions that they are, or were, about. */
export async function savePullRequests(
  trx: Transaction<Database>,
  facts: readonly Merged<"pull_request">[],
): Promise<Revision[]> {
  if (facts.length === 0) return [];
  const ids = facts.map((fact) => fact.id);
  const before = await revisionsOfPullRequests(trx, ids);
  const changed = await saveById(trx, "pull_requests", facts, ({ id, fact: { members } }) => ({
    id,
    repository: members.repository,
    number: members.number,
    title: members.title ?? null,
    branch: members.branch ?? null,
    base_branch: members.baseBranch ?? null,
    author: members.author ?? null,
    head_revision: members.headRevision ?? null,
    base_revision: members.baseRevision ?? null,
    merge_revision: members.mergeRevision ?? null,
    first_commit_at: members.firstCommitAt ?? null,
    opened_at: members.openedAt ?? null,
    first_review_at: members.firstReviewAt ?? null,
    merged_at: members.mergedAt ?? null,
    closed_at: members.closedAt ?? null,
    labels: members.labels ?? null,
    additions: members.additions ?? null,
    deletions: members.deletions ?? null,
    url: members.url ?? null,
  }));
  if (changed.size === 0) return [];
  const after = await revisionsOfPullRequests(trx, [...changed]);
  return [...before.filter((revision) => changed.has(revision.id)), ...after];
}

/**
 * Head, merge, the commits that the push of the merge brought along, and the next
 * merge of the same branch, whose own commits begin where this one ends.
 */
async function revisionsOfPullRequests(
  trx: Transaction<Database>,
  ids: readonly string[],
): Promise<(Revision & { id: string })[]> {
  const { rows } = await sql<Revision & { id: string }>`
    select p.id, p.repository, r.revision
    from pull_requests p
    cross join lateral (
      select p.head_revision as revision
      union select p.merge_revision
      union select unnest(u.commits) from pushes u
        where u.repository = p.repository and u.after = p.merge_revision
      union select o.merge_revision from pull_requests o
        where o.repository = p.repository and o.branch = p.branch
          and (o.merged_at is null or o.merged_at = (
            select min(later.merged_at) from pull_requests later
            where later.repository = p.repository and later.branch = p.branch
              and later.merged_at > p.merged_at))
    ) r
    where p.id = any(${[...ids]}::text[]) and r.revision is not null`.execute(trx);
  return rows;
}
