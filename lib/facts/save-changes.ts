import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { type changeRow, differs } from "@/lib/facts/derived-rows";
import type { CountedPlace } from "@/lib/metrics/mark-cells";

type ChangeRow = ReturnType<typeof changeRow>;
type ChangeKey = Pick<ChangeRow, "deployment_id" | "repository" | "revision">;

/** What has to be written for the change sets of a stream to be as derived. */
export interface ChangesSaving {
  /** The deployments concerned. */
  ids: string[];
  gone: ChangeKey[];
  put: ChangeRow[];
  /** Where rows were counted until now that have another place than their deployment. */
  left: LeftPlace[];
}

interface LeftPlace extends CountedPlace {
  deployment_id: string;
}

interface StoredChange extends ChangeRow, CountedPlace {
  /** Whether the row still has the place that its deployment has now. */
  placed: boolean;
}

/** Compares the change sets of these deployments with what is stored of them. */
export async function findChanges(
  trx: Transaction<Database>,
  deployments: readonly string[],
  derived: readonly ChangeRow[],
): Promise<ChangesSaving> {
  const { rows: stored } = await sql<StoredChange>`
    select c.deployment_id, c.repository, c.revision, c.lead_seconds, c.anomaly, c.coding_seconds,
      c.pickup_seconds, c.review_seconds, c.merge_to_deploy_seconds, c.deploy_seconds,
      c.paths_unknown, c.service, c.team, c.environment, c.finished_at as at,
      (c.service, c.environment, c.tier, c.team, c.finished_at)
        is not distinct from (d.service, d.environment, d.tier, d.team, d.at) as placed
    from deployments d join deployment_changes c on c.deployment_id = d.id
    where d.id = any(${[...deployments]}::text[])`.execute(trx);
  const left = new Map(stored.map((row) => [nameOf(row), row]));
  const put = derived.filter((row) => {
    const known = left.get(nameOf(row));
    left.delete(nameOf(row));
    return !known?.placed || differs(known, row);
  });
  const gone = [...left.values()];
  return {
    ids: [...put, ...gone].map((row) => row.deployment_id),
    gone,
    put,
    left: stored.filter(({ placed }) => !placed),
  };
}

function nameOf({ deployment_id, repository, revision }: ChangeKey): string {
  return `${deployment_id} ${revision} ${repository}`;
}

/** Writes it. The deployments must be held: their places are copied to the changes. */
export async function saveChanges(
  trx: Transaction<Database>,
  { gone, put }: Pick<ChangesSaving, "gone" | "put">,
): Promise<void> {
  if (gone.length > 0)
    await sql`
      delete from deployment_changes
      where (deployment_id, repository, revision) in (
        select * from unnest(
          ${gone.map((row) => row.deployment_id)}::text[],
          ${gone.map((row) => row.repository)}::text[],
          ${gone.map((row) => row.revision)}::text[]))`.execute(trx);
  const [first] = put;
  if (!first) return;
  const keys = ["deployment_id", "repository", "revision"];
  const said = Object.keys(first).filter((name) => !keys.includes(name));
  const columns = [...said, "service", "environment", "tier", "team", "finished_at"];
  const assigned = columns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`);
  await sql`
    insert into deployment_changes (${sql.join([...keys, ...columns].map((name) => sql.ref(name)))})
    select ${sql.join([...keys, ...said].map((name) => sql.ref(`n.${name}`)))},
      d.service, d.environment, d.tier, d.team, d.at
    from json_populate_recordset(null::deployment_changes, ${JSON.stringify(put)}::json) n
    join deployments d on d.id = n.deployment_id
    on conflict (deployment_id, repository, revision) do update set ${sql.join(assigned)}`.execute(
    trx,
  );
}
