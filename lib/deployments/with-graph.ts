import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { PartialGraph } from "@/lib/deployments/partial-graph";
import { readAncestry } from "@/lib/deployments/read-ancestry";
import { readKnownChanges } from "@/lib/deployments/read-known-changes";
import type { ChangeGraph } from "@/lib/deployments/types";

/**
 * What `compute` makes of the commits of these repositories, as far as they are
 * known. Only what it asks for is read: it runs, what it found missing is fetched,
 * and it runs again until nothing was; so it must be pure, and its last answer
 * counts. `concerns` says of a commit's paths whether they belong to the service.
 */
export async function withGraph<T>(
  db: Kysely<Database>,
  repositories: readonly string[],
  concerns: (repository: string, paths: readonly string[]) => boolean,
  compute: (graph: ChangeGraph) => T,
): Promise<T> {
  const graph = new PartialGraph(repositories, concerns);
  for (let round = 0; ; round++) {
    const answer = compute(graph);
    const missing = graph.takeMissing();
    if (missing.length === 0) return answer;
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
  }
}
