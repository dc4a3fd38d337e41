import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { PartialGraph } from "@/lib/deployments/partial-graph";
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
 * What lies between the `expected` is fetched before, so that it mostly runs once.
 */
export async function withGraph<T>(
  db: Kysely<Database>,
  repositories: readonly string[],
  concerns: (repository: string, paths: readonly string[]) => boolean,
  compute: (graph: ChangeGraph) => T,
  expected: readonly Expected[] = [],
): Promise<T> {
  const graph = new PartialGraph(repositories, concerns);
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
  const missing = graph.takeMissing();
  for (const { repository, revisions, changes } of missing) {
    if (revisions.length > 0)
      graph.addAncestry(
        repository,
        revisions,
        await readAncestry(db, repository, revisions, round),
      );
    if (changes.length > 0)
      graph.addChanges(repository, changes, await readKnownChanges(db, repository, changes));
  }
  return missing.length > 0;
}
