import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { KnownHistories, type KnownHistory } from "@/lib/deployments/known-histories";
import { readAncestry } from "@/lib/deployments/read-ancestry";
import { readKnownChanges } from "@/lib/deployments/read-known-changes";

/** A commit takes about a kilobyte. */
const commitsAtMost = 100_000;

/**
 * The histories of a generation of which nothing new is told meanwhile, to derive
 * all of its streams by: each repository is read once for all that are deployed
 * from it, not once by each. What is too large is left to who asks.
 */
export function shareHistories(db: Kysely<Database>, atMost = commitsAtMost): KnownHistories {
  return new KnownHistories(atMost, async (repository, known) => {
    if (!(await isLargerThan(db, repository, atMost))) await readDeployed(db, repository, known);
  });
}

async function isLargerThan(
  db: Kysely<Database>,
  repository: string,
  atMost: number,
): Promise<boolean> {
  const { rows } = await sql`
    select from revision_heights where repository = ${repository} offset ${atMost} limit 1`.execute(
    db,
  );
  return rows.length > 0;
}

/** All that lies between the revisions that anything deployed. */
async function readDeployed(
  db: Kysely<Database>,
  repository: string,
  known: KnownHistory,
): Promise<void> {
  const { rows } = await sql<{ revision: string }>`
    select distinct revision from deployments
    where repository = ${repository} and revision is not null`.execute(db);
  const deployed = rows.map(({ revision }) => revision);
  if (deployed.length === 0) return;
  known.addAncestry(deployed, await readAncestry(db, repository, deployed, 0));
  const commits = [...known.parents].flatMap(([revision, parents]) => (parents ? revision : []));
  known.addChanges(commits, await readKnownChanges(db, repository, commits));
}
