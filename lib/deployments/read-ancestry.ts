import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";

/** What is known of revisions' places in history. */
export interface Ancestry {
  /** By parents where they are known, else by the pushes' order; [] for a root. */
  parents: Map<string, string[]>;
  heights: Map<string, number>;
}

/**
 * The parents of these revisions and of their ancestors, with heights: in round 0
 * down to the lowest of them, where a line of commits from one to another ends;
 * afterwards of ever more ancestors, however low.
 */
export async function readAncestry(
  db: Kysely<Database>,
  repository: string,
  revisions: readonly string[],
  round: number,
): Promise<Ancestry> {
  const floor = round === 0 ? sql`(select min(height) from asked)` : sql`0`;
  const { rows } = await sql<EdgeRow>`
    with recursive asked as materialized (
      select h.revision, h.height
      from unnest(${[...revisions]}::text[]) as a (revision)
      join revision_heights h on h.repository = ${repository} and h.revision = a.revision
    ),
    back (revision) as (
      select revision from asked
      union
      select e.parent
      from back
      join revision_edges e on e.repository = ${repository} and e.revision = back.revision
      join revision_heights h on h.repository = ${repository} and h.revision = e.parent
      where h.height >= ${floor}
    ),
    bounded as materialized (select revision from back limit ${atMost(revisions.length, round)})
    select distinct b.revision, own.height, e.origin, e.parent, above.height as parent_height
    from bounded b
    join revision_heights own on own.repository = ${repository} and own.revision = b.revision
    left join revision_edges e on e.repository = ${repository} and e.revision = b.revision
    left join revision_heights above on above.repository = ${repository} and above.revision = e.parent
    order by b.revision, e.parent`.execute(db);
  return ancestryOf(rows);
}

/** The nearest first, so that a wrong guess costs little and many rounds are never needed. */
function atMost(asked: number, round: number): number {
  if (round === 0) return 25_000 + 64 * asked;
  return (512 + 4 * asked) * 4 ** (round - 1);
}

interface EdgeRow {
  revision: string;
  height: number;
  /** Null where nothing is known of the parents. */
  origin: string | null;
  /** '' says that it is a root. */
  parent: string | null;
  parent_height: number | null;
}

function ancestryOf(rows: readonly EdgeRow[]): Ancestry {
  const heights = new Map<string, number>();
  const said = new Map<string, string[]>();
  const pushed = new Map<string, string[]>();
  for (const { revision, height, origin, parent, parent_height } of rows) {
    heights.set(revision, height);
    if (parent === null) continue;
    if (parent_height !== null) heights.set(parent, parent_height);
    const parents = origin === "commit" ? said : pushed;
    const own = parents.get(revision) ?? [];
    if (parent !== "") own.push(parent);
    parents.set(revision, own);
  }
  return { heights, parents: new Map([...pushed, ...said]) };
}
