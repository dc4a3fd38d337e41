import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { readGraph } from "@/lib/deployments/read-graph";
import type { ChangeGraph } from "@/lib/deployments/types";

/**
 * What `compute` makes of the commits of these repositories, as far as they are
 * known. `compute` must be pure: it may run several times, and its last answer
 * counts. `concerns` says of a commit's paths whether they belong to the service.
 */
export async function withGraph<T>(
  db: Kysely<Database>,
  repositories: readonly string[],
  concerns: (repository: string, paths: readonly string[]) => boolean,
  compute: (graph: ChangeGraph) => T,
): Promise<T> {
  return compute(await readGraph(db, repositories, concerns));
}
