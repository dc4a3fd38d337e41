import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { mendedBy, type NamedCommit } from "@/lib/slo/mended-by";

/** A main branch that was broken and mended. */
export interface MendedBreak {
  id: string;
  repository: string;
  revision: string | null;
  greenRevision: string | null;
  mendedRevision: string | null;
}

/** So far back the commits between two builds of a main branch are looked for. */
const commitsAtMost = 60;

/**
 * How each of these breaks was mended, by its id: from the commits that broke the
 * branch and those that came until it was green, by parents as far as they are known.
 */
export async function readMending(
  db: Kysely<Database>,
  breaks: readonly MendedBreak[],
): Promise<Map<string, "revert" | "fix" | null>> {
  if (breaks.length === 0) return new Map();
  const breaking = await commitsBetween(
    db,
    breaks.map(({ id, repository, revision, greenRevision }) => ({
      id,
      repository,
      until: revision,
      since: [greenRevision],
    })),
  );
  const mending = await commitsBetween(
    db,
    breaks.map(({ id, repository, revision, greenRevision, mendedRevision }) => ({
      id,
      repository,
      until: mendedRevision,
      since: [revision, greenRevision],
    })),
  );
  return new Map(
    breaks.map(({ id }) => [id, mendedBy(breaking.get(id) ?? [], mending.get(id) ?? [])]),
  );
}

interface Range {
  id: string;
  repository: string;
  until: string | null;
  /** Where looking back ends; these are not inside. */
  since: (string | null)[];
}

async function commitsBetween(
  db: Kysely<Database>,
  ranges: readonly Range[],
): Promise<Map<string, NamedCommit[]>> {
  const known = ranges.flatMap((range) =>
    range.until === null || range.since.includes(range.until) ? [] : [range],
  );
  const { rows } = await sql<NamedCommit & { id: string }>`
    with recursive wanted as (
      select * from unnest(
        ${known.map(({ id }) => id)}::text[],
        ${known.map(({ repository }) => repository)}::text[],
        ${known.map(({ until }) => until)}::text[],
        ${known.map(({ since }) => since[0] ?? null)}::text[],
        ${known.map(({ since }) => since[1] ?? null)}::text[]
      ) as wanted (id, repository, until, since, since_too)
    ),
    reached as (
      select id, repository, until as revision, since, since_too, 1 as depth from wanted
      union
      select r.id, r.repository, edge.parent, r.since, r.since_too, r.depth + 1
      from reached r
      join revision_edges edge on edge.repository = r.repository and edge.revision = r.revision
      where edge.parent is distinct from r.since and edge.parent is distinct from r.since_too
        and r.depth < case when r.since is null then 1 else ${commitsAtMost} end
    )
    select distinct reached.id, reached.revision, commit.message, pull.number as "pullRequest"
    from reached
    left join commits commit
      on commit.repository = reached.repository and commit.revision = reached.revision
    left join pull_requests pull
      on pull.repository = reached.repository and pull.merge_revision = reached.revision`.execute(
    db,
  );
  const found = new Map<string, NamedCommit[]>();
  for (const { id, ...commit } of rows) found.set(id, [...(found.get(id) ?? []), commit]);
  return found;
}
