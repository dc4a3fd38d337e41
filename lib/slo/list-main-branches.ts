import { sql } from "kysely";
import { reachFor, repositoryWithin } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { iso } from "@/lib/deployments/deployment-answer";
import type { Page } from "@/lib/http/answers";
import type { MainBranchAnswer } from "@/lib/http/slo-answers";
import { followMainBranches } from "@/lib/slo/follow-main";
import { readMending } from "@/lib/slo/read-mending";

export interface MainBranchFilter {
  repository?: string[];
  state?: MainBranchAnswer["state"][];
}

interface Row {
  repository: string;
  branch: string;
  newest_at: Date | null;
  id: string | null;
  began_at: Date | null;
  revision: string | null;
  green_revision: string | null;
  mended_at: Date | null;
  mended_build_id: string | null;
  mended_revision: string | null;
}

/**
 * Whether every repository's main branch is red, since when and by what, and how it
 * was mended the last time; the red ones first, those red the longest before others.
 */
export async function listMainBranches(
  context: Context,
  filter: MainBranchFilter,
): Promise<Page<MainBranchAnswer>> {
  const within = await reachFor(context, filter);
  const names = filter.repository?.map((name) => name.toLowerCase());
  await followMainBranches(context.db, names);
  const { rows } = await sql<Row>`
    select main.*, last.* from (
      select distinct on (repository) repository, branch, newest_at from main_branches
      where ${within ? repositoryWithin(within) : sql`true`}
        and ${names ? sql`lower(repository) = any(${names}::text[])` : sql`true`}
      order by repository, newest_at desc nulls last, branch
    ) as main
    left join lateral (
      select id, began_at, revision, green_revision, mended_at, mended_build_id, mended_revision
      from main_breaks b
      where b.repository = main.repository and b.branch = main.branch
      order by b.began_at desc, b.id desc limit 1
    ) as last on true
    order by last.id is null, last.mended_at desc nulls first, last.began_at, main.repository`.execute(
    context.db,
  );
  const mending = await readMending(
    context.db,
    rows.flatMap(({ id, repository, revision, green_revision, mended_at, mended_revision }) =>
      id && mended_at
        ? [
            {
              id,
              repository,
              revision,
              greenRevision: green_revision,
              mendedRevision: mended_revision,
            },
          ]
        : [],
    ),
  );
  const items = rows.map((row) => mainBranchAnswer(row, mending));
  const wanted = filter.state;
  return {
    items: wanted ? items.filter(({ state }) => wanted.includes(state)) : items,
    nextCursor: null,
  };
}

function mainBranchAnswer(
  row: Row,
  mending: ReadonlyMap<string, "revert" | "fix" | null>,
): MainBranchAnswer {
  const { repository, branch, id, revision, mended_at, mended_build_id, mended_revision } = row;
  const isRed = id !== null && mended_at === null;
  const green = row.newest_at === null ? "unknown" : "green";
  return {
    repository,
    branch,
    state: isRed ? "red" : green,
    since: iso(isRed ? row.began_at : mended_at),
    brokenBy: id === null ? null : { build: id, revision },
    mended:
      mended_at && mended_build_id
        ? {
            by: mending.get(id ?? "") ?? null,
            at: mended_at.toISOString(),
            build: mended_build_id,
            revision: mended_revision,
          }
        : null,
  };
}
