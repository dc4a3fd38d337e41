import type { Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { type Edge, type Revision, revisionsSaidBy, saveEdges } from "@/lib/facts/edges";
import { type Standing, saveById, stands } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";
import type { PushMembers } from "@/lib/facts/types";

/** Saves pushes and the order of commits that they tell; answers the revisions concerned. */
export async function savePushes(
  trx: Transaction<Database>,
  facts: readonly Merged<"push">[],
): Promise<Revision[]> {
  const changed = await saveById(trx, "pushes", facts, ({ id, fact: { members } }) => ({
    id,
    repository: members.repository,
    branch: members.branch,
    before: members.before,
    after: members.after,
    forced: members.forced,
    created: members.created,
    complete: members.complete,
    commits: members.commits,
    pushed_at: members.pushedAt,
  }));
  const said = facts.filter((fact) => changed.has(fact.id));
  const ids = said.map((fact) => fact.id);
  const before = await revisionsSaidBy(trx, ids);
  await saveEdges(trx, ids, said.filter(stands).flatMap(edgesOf));
  return [...before, ...said.filter(stands).flatMap(({ fact }) => revisionsOf(fact.members))];
}

function edgesOf({ id, fact: { members } }: Standing<"push">): Edge[] {
  const { repository } = members;
  return chainOf(members).map(([parent, revision]) => ({
    repository,
    revision,
    parent,
    origin: "push",
    said_by: id,
  }));
}

/**
 * [parent, child] along before → commits → after. A created or forced push
 * says nothing of what its first commit stands on, and a cut list nothing of
 * the part that is missing.
 */
export function chainOf(push: PushMembers): [parent: string, child: string][] {
  const { before, commits, after, created, forced, complete } = push;
  const links: string[] = [];
  if (complete && !created && !forced && before && commits.length > 0) links.push(before);
  links.push(...commits);
  if (complete && commits.length > 0) links.push(after);
  const chain = links.filter((revision, index) => revision !== links[index - 1]);
  return chain.slice(1).map((child, index) => [chain[index] as string, child]);
}

function revisionsOf({ repository, commits, after }: PushMembers): Revision[] {
  return [...new Set([...commits, after])].map((revision) => ({ repository, revision }));
}
