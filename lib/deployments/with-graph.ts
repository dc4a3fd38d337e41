import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { KnownHistories, type KnownHistory } from "@/lib/deployments/known-histories";
import { PartialGraph, type Wanted } from "@/lib/deployments/partial-graph";
import { readAncestry } from "@/lib/deployments/read-ancestry";
import { readKnownChanges } from "@/lib/deployments/read-known-changes";
import type { ChangeGraph } from "@/lib/deployments/types";

/** A revision whose history is bound to be asked for. */
export interface Expected {
  repository: string;
  revision: string;
}

/**
 * What `compute` makes of the commits of these repositories, as far as they are
 * known. Only what it asks for is read: it runs, what it found missing is fetched,
 * and it runs again until nothing was; so it must be pure, and its last answer
 * counts. `concerns` says of a commit's paths whether they belong to the service.
 * What lies between the `expected` is fetched before, so that it mostly runs once;
 * what `histories` know already is not read again.
 */
export async function withGraph<T>(
  db: Kysely<Database>,
  repositories: readonly string[],
  concerns: (repository: string, paths: readonly string[]) => boolean,
  compute: (graph: ChangeGraph) => T,
  expected: readonly Expected[] = [],
  histories = new KnownHistories(),
): Promise<T> {
  const known = new Map<string, KnownHistory>();
  for (const repository of repositories) known.set(repository, await histories.of(repository));
  const graph = new PartialGraph(known, concerns);
  graph.expectAncestry(expected);
  await fetch(db, graph, 0);
  graph.expectChanges();
  await fetch(db, graph, 0);
  for (let round = 0; ; round++) {
    const answer = compute(graph);
    if (!(await fetch(db, graph, round))) return answer;
  }
}

/** Fetches what was missing; false where nothing was. */
async function fetch(db: Kysely<Database>, graph: PartialGraph, round: number): Promise<boolean> {
  const wanted = graph.takeWanted();
  for (const one of wanted) await one.known.inTurn(() => read(db, one, round));
  return wanted.length > 0;
}

/** Reads what nobody has read since it was missing. */
async function read(
  db: Kysely<Database>,
  { repository, known, revisions, changes }: Wanted,
  round: number,
): Promise<void> {
  const unplaced = revisions.filter((revision) => !known.parents.has(revision));
  if (unplaced.length > 0)
    known.addAncestry(unplaced, await readAncestry(db, repository, unplaced, round));
  const unread = changes.filter((revision) => !known.changes.has(revision));
  if (unread.length > 0) known.addChanges(unread, await readKnownChanges(db, repository, unread));
}
