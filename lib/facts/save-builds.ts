import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { saveById, sourceOf } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";
import type { Stage } from "@/lib/facts/types";
import { markMainBranches } from "@/lib/slo/follow-main";
import { markRepositorySlos } from "@/lib/slo/mark-slo-cells";

/** Saves builds, and marks what is counted of them; answers the public ids that changed. */
export async function saveBuilds(
  trx: Transaction<Database>,
  facts: readonly Merged<"build">[],
): Promise<Set<string>> {
  if (facts.length === 0) return new Set();
  const ids = facts.map(({ id }) => id);
  const before = await readPlaces(trx, ids);
  const changed = await saveRows(trx, facts);
  const after = await readPlaces(trx, [...changed]);
  const places = [...before.filter(({ changes }) => changed.has(changes)), ...after];
  await markRepositorySlos(trx, "build_duration", places);
  await markMainBranches(
    trx,
    places.flatMap(({ repository, branch, at: from, main }) =>
      main && branch !== null ? [{ repository, branch, from }] : [],
    ),
  );
  return changed;
}

interface BuildPlace {
  /** The build that was asked for. */
  changes: string;
  repository: string;
  branch: string | null;
  at: Date;
  main: boolean;
}

/** Where finished builds stand, and the checks of the same revision, which count only where no run does. */
async function readPlaces(
  trx: Transaction<Database>,
  ids: readonly string[],
): Promise<BuildPlace[]> {
  if (ids.length === 0) return [];
  const place = sql`changed.id as changes, b.repository, b.branch, b.at,
    coalesce(b.default_branch, b.branch in ('main', 'master'), false) as main`;
  const { rows } = await sql<BuildPlace>`
    with changed as (select * from builds where id = any(${[...ids]}::text[]))
    select ${place} from changed join builds b on b.id = changed.id where b.finished_at is not null
    union all
    select ${place} from changed
    join builds b on b.repository = changed.repository and b.revision = changed.revision
    where not changed.fallback and b.fallback and b.finished_at is not null`.execute(trx);
  return rows;
}

function saveRows(
  trx: Transaction<Database>,
  facts: readonly Merged<"build">[],
): Promise<Set<string>> {
  return saveById(trx, "builds", facts, ({ id, key, fact: { members } }) => ({
    id,
    source: sourceOf(key),
    key,
    repository: members.repository,
    branch: members.branch ?? null,
    revision: members.revision ?? null,
    name: members.name,
    attempt: members.attempt ?? null,
    status: members.status,
    queued_at: members.queuedAt ?? null,
    started_at: members.startedAt ?? null,
    finished_at: members.finishedAt ?? null,
    artifact: members.artifact ?? null,
    url: members.url ?? null,
    fallback: members.fallback ?? false,
    default_branch: members.defaultBranch ?? null,
    stages: Object.values(members.stages ?? {}).sort(byStart),
  }));
}

/** As they ran; those that have not started come last. */
function byStart(a: Stage, b: Stage): number {
  const one = `${a.startedAt ?? "~"} ${a.name}`;
  const other = `${b.startedAt ?? "~"} ${b.name}`;
  return one < other ? -1 : 1;
}
