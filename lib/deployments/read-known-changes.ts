import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { readPullRequests } from "@/lib/deployments/read-pull-requests";
import type { KnownChange } from "@/lib/deployments/types";

interface CommitRow {
  revision: string;
  parent_count: number | null;
  paths: string[] | null;
  authored_at: Date | null;
  message: string | null;
}

/** Those of these revisions of which anything is known as a commit: its words, paths and pull request. */
export async function readKnownChanges(
  db: Kysely<Database>,
  repository: string,
  revisions: readonly string[],
): Promise<KnownChange[]> {
  const { rows } = await sql<CommitRow>`
    select c.revision, cardinality(c.parents) as parent_count, c.paths, c.authored_at, c.message
    from unnest(${[...revisions]}::text[]) as asked (revision)
    cross join lateral (
      select * from commits
      where repository = ${repository} and revision = asked.revision offset 0) c`.execute(db);
  const names = rows.map((row) => row.revision);
  const pullRequests = await readPullRequests(db, repository, names);
  return rows.map((row) => ({
    revision: row.revision,
    authoredAt: row.authored_at?.getTime() ?? null,
    message: row.message,
    paths: row.paths,
    parentCount: row.parent_count,
    pullRequest: pullRequests.get(row.revision) ?? null,
  }));
}
