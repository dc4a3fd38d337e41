import { type Kysely, type RawBuilder, sql } from "kysely";
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
  // "offset 0" keeps every step a look-up: Postgres guesses high how far a recursion goes.
  const { rows } = await sql<EdgeRow>`
    with recursive asked as materialized (
      select a.revision, own.height
      from unnest(${[...revisions]}::text[]) as a (revision)
      cross join lateral (${heightOf(repository, sql`a.revision`)}) own
    ),
    back (revision) as (
      select revision from asked
      union
      select e.parent
      from back
      cross join lateral (${edgesOf(repository, sql`back.revision`)}) e
      cross join lateral (${heightOf(repository, sql`e.parent`)}) above
      where above.height >= ${floor}
    ),
    bounded as materialized (select revision from back limit ${atMost(revisions.length, round)})
    select distinct b.revision, own.height, e.origin, e.parent, above.height as parent_height
    from bounded b
    cross join lateral (${heightOf(repository, sql`b.revision`)}) own
    left join lateral (${edgesOf(repository, sql`b.revision`)}) e on true
    left join lateral (${heightOf(repository, sql`e.parent`)}) above on true
    order by b.revision, e.parent`.execute(db);
  return ancestryOf(rows);
}

function heightOf(repository: string, revision: RawBuilder<unknown>) {
  return sql`
    select h.height from revision_heights h
    where h.repository = ${repository} and h.revision = ${revision} offset 0`;
}

function edgesOf(repository: string, revision: RawBuilder<unknown>) {
  return sql`
    select e.origin, e.parent from revision_edges e
    where e.repository = ${repository} and e.revision = ${revision} offset 0`;
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
