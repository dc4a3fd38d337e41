import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { type MainBreak, type MainBuild, mainBreaks } from "@/lib/slo/main-breaks";
import { markRepositorySlos } from "@/lib/slo/mark-slo-cells";

/** A main branch whose builds changed, from its earliest moment concerned. */
export interface MainBranchChange {
  repository: string;
  branch: string;
  from: Date;
}

/** Marks main branches, so that their breaks are found anew before anybody is told of them. */
export async function markMainBranches(
  trx: Transaction<Database>,
  changes: readonly MainBranchChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    insert into main_branches (repository, branch, dirty_from, marked)
    select repository, branch, min(dirty_from), 1
    from unnest(
      ${changes.map(({ repository }) => repository)}::text[],
      ${changes.map(({ branch }) => branch)}::text[],
      ${changes.map(({ from }) => from.toISOString())}::timestamptz[]
    ) as dirty (repository, branch, dirty_from)
    group by repository, branch
    order by repository, branch
    on conflict (repository, branch) do update
    set dirty_from = least(main_branches.dirty_from, excluded.dirty_from),
      marked = main_branches.marked + 1`.execute(trx);
}

/**
 * Finds the breaks of every marked main branch anew, or of those of some repositories,
 * given in small letters: each in a transaction of its own, from the moment
 * concerned on; a late build heals what was said after it.
 */
export async function followMainBranches(
  db: Kysely<Database>,
  repositories: readonly string[] | null = null,
): Promise<void> {
  const dirty = await db
    .selectFrom("main_branches")
    .select(["repository", "branch"])
    .where("dirty_from", "is not", null)
    .where(
      repositories
        ? sql<boolean>`lower(repository) = any(${[...repositories]}::text[])`
        : sql<boolean>`true`,
    )
    .orderBy("repository")
    .orderBy("branch")
    .execute();
  for (const branch of dirty)
    await db.transaction().execute((trx) => followMainBranch(trx, branch));
}

interface BranchName {
  repository: string;
  branch: string;
}

async function followMainBranch(trx: Transaction<Database>, name: BranchName): Promise<void> {
  const row = await trx
    .selectFrom("main_branches")
    .select("dirty_from")
    .where("repository", "=", name.repository)
    .where("branch", "=", name.branch)
    .where("dirty_from", "is not", null)
    .forUpdate()
    .executeTakeFirst();
  if (!row?.dirty_from) return;
  const from = await greenMoment(trx, name, row.dirty_from);
  const builds = await readBuilds(trx, name, from);
  const found = mainBreaks(builds, await revisionBefore(trx, name, from));
  await saveBreaks(trx, name, from, found);
  await sql`
    update main_branches set dirty_from = null,
      newest_at = (select max(at) from builds where ${ofMain(name)})
    where repository = ${name.repository} and branch = ${name.branch}`.execute(trx);
}

/** A moment at which main was green: the beginning of the break that the moment lies in, or itself. */
async function greenMoment(
  trx: Transaction<Database>,
  { repository, branch }: BranchName,
  at: Date,
): Promise<Date> {
  const { rows } = await sql<{ began_at: Date }>`
    select began_at from main_breaks
    where repository = ${repository} and branch = ${branch} and began_at <= ${at}
      and (mended_at is null or mended_at >= ${at})
    order by began_at limit 1`.execute(trx);
  return rows[0]?.began_at ?? at;
}

/** As the index builds_of_main has it. */
const ofMain = ({ repository, branch }: BranchName) => sql`
  repository = ${repository} and branch = ${branch}
  and status in ('succeeded', 'failed') and finished_at is not null
  and coalesce(default_branch, branch in ('main', 'master'))`;

async function readBuilds(
  trx: Transaction<Database>,
  name: BranchName,
  from: Date,
): Promise<MainBuild[]> {
  const { rows } = await sql<MainBuild>`
    select id, name, revision, status = 'failed' as failed, at from builds b
    where ${ofMain(name)} and at >= ${from}
      and (not fallback or not exists (
        select from builds run
        where run.repository = b.repository and run.revision = b.revision and not run.fallback))
    order by at, id`.execute(trx);
  return rows;
}

async function revisionBefore(
  trx: Transaction<Database>,
  name: BranchName,
  from: Date,
): Promise<string | null> {
  const { rows } = await sql<{ revision: string | null }>`
    select revision from builds where ${ofMain(name)} and at < ${from}
    order by at desc, id desc limit 1`.execute(trx);
  return rows[0]?.revision ?? null;
}

async function saveBreaks(
  trx: Transaction<Database>,
  { repository, branch }: BranchName,
  from: Date,
  found: readonly MainBreak[],
): Promise<void> {
  const stored = await trx
    .selectFrom("main_breaks")
    .selectAll()
    .where("repository", "=", repository)
    .where("branch", "=", branch)
    .where("began_at", ">=", from)
    .execute();
  const rows = found.map((each) => ({
    id: each.id,
    repository,
    branch,
    began_at: each.beganAt,
    revision: each.revision,
    green_revision: each.greenRevision,
    mended_at: each.mended?.at ?? null,
    mended_build_id: each.mended?.build ?? null,
    mended_revision: each.mended?.revision ?? null,
  }));
  const same = new Set(stored.map((row) => JSON.stringify(sorted(row))));
  const wanted = new Set(rows.map((row) => JSON.stringify(sorted(row))));
  const gone = stored.filter((row) => !wanted.has(JSON.stringify(sorted(row))));
  const fresh = rows.filter((row) => !same.has(JSON.stringify(sorted(row))));
  if (gone.length > 0)
    await sql`delete from main_breaks where id = any(${gone.map(({ id }) => id)}::text[])`.execute(
      trx,
    );
  for (let start = 0; start < fresh.length; start += 500)
    await trx
      .insertInto("main_breaks")
      .values(fresh.slice(start, start + 500))
      .execute();
  await markRepositorySlos(
    trx,
    "main_broken",
    [...gone, ...fresh].map((row) => ({ repository, at: row.began_at })),
  );
}

function sorted(row: object): [string, unknown][] {
  return Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1));
}
