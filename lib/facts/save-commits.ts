import type { Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { type Edge, type Revision, saveEdges } from "@/lib/facts/edges";
import { type Standing, saveById } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";

/** Saves commits and the edges to their parents; answers the revisions about which something changed. */
export async function saveCommits(
  trx: Transaction<Database>,
  facts: readonly Merged<"commit">[],
): Promise<Revision[]> {
  const changed = await saveById(trx, "commits", facts, ({ id, fact: { members } }) => ({
    id,
    repository: members.repository,
    revision: members.revision,
    parents: members.parents ?? null,
    paths: members.paths ?? null,
    authored_at: members.authoredAt ?? null,
    committed_at: members.committedAt ?? null,
    author: members.author ?? null,
    message: members.message ?? null,
    url: members.url ?? null,
  }));
  const said = facts.filter((fact) => changed.has(fact.id));
  await saveEdges(
    trx,
    said.map((fact) => fact.id),
    said.flatMap((fact) => (fact.fact ? parentEdges(fact as Standing<"commit">) : [])),
  );
  return said.map(({ key }) => revisionOf(key));
}

function parentEdges({ id, fact: { members } }: Standing<"commit">): Edge[] {
  const { repository, revision, parents } = members;
  if (!parents) return [];
  // A root is known to have no parents, which is not the same as unknown ones.
  const named = parents.length > 0 ? [...new Set(parents)] : [""];
  return named.map((parent) => ({ repository, revision, parent, origin: "commit", said_by: id }));
}

/** The inverse of commitKey: a revision has no "@", a repository may. */
function revisionOf(key: string): Revision {
  const at = key.lastIndexOf("@");
  return { repository: key.slice(0, at), revision: key.slice(at + 1) };
}
