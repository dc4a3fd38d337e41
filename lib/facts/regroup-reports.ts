import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import { joinReports, overlapMilliseconds } from "@/lib/deployments/identity";
import {
  type DeploymentReport,
  identified,
  mergeReports,
  type WholeDeployment,
} from "@/lib/deployments/merge-reports";
import type { DirtyStream } from "@/lib/facts/mark-dirty";
import { isCodeOf } from "@/lib/facts/place";
import { rolloutStreams } from "@/lib/facts/rollout-streams";
import type { Placed } from "@/lib/facts/save-placed";
import { deleteRows, upsertRows } from "@/lib/facts/save-rows";

export interface Regrouped {
  /** Where deployments that changed or went stood, and where those that changed or came stand. */
  places: Placed[];
  /** The streams of the rollouts that they were or are part of. */
  rollouts: DirtyStream[];
}

/**
 * Makes the deployments of these reports, and of whatever may be of one with any of
 * them, exactly what joining says, and answers what changed by it. `left`: public ids
 * of deployments of which a report is gone. Writes nothing for what is already so.
 */
export async function regroupReports(
  trx: Transaction<Database>,
  config: Config,
  reportIds: readonly string[],
  left: readonly string[] = [],
): Promise<Regrouped> {
  if (reportIds.length + left.length === 0) return { places: [], rollouts: [] };
  const reports = await readConcerned(trx, reportIds, left);
  const separated = reports.filter((report) => report.separated).map(({ row }) => row.id);
  const byId = new Map(reports.map(({ row }) => [row.id, row]));
  const wholes = joinReports(
    reports.map(({ row }) => identified(row)),
    new Set(separated),
  ).map((cluster) =>
    wholeOf(
      config,
      cluster.flatMap(({ id }) => byId.get(id) ?? []),
    ),
  );

  const stood = [...new Set([...reports.map(({ row }) => row.deployment_id), ...left])];
  const before = await holdPlaces(trx, stood);
  const rolloutsBefore = await rolloutStreams(trx, stood);
  const stand = wholes.map(({ id }) => id);
  const gone = stood.filter((id) => !stand.includes(id));
  const written = await upsertRows(trx, "deployments", wholes, ["id"]);
  for (const table of ["deployment_changes", "deployment_traces"] as const)
    await deleteRows(trx, table, "deployment_id", gone);
  await deleteRows(trx, "deployments", "id", gone);
  await saveMemberships(trx, wholes, byId);
  // A report may say something new of itself that the whole does not show.
  const told = new Set(reportIds);
  const retold = wholes.filter(({ members }) => members.some((id) => told.has(id)));
  const changed = [...new Set([...written, ...retold.map(({ id }) => id)])];
  return {
    places: [
      ...before.filter(({ id }) => changed.includes(id) || gone.includes(id)),
      ...(await holdPlaces(trx, changed)),
    ],
    rollouts: [...rolloutsBefore, ...(await rolloutStreams(trx, changed))],
  };
}

interface Concerned {
  row: DeploymentReport;
  /** By a person's word. */
  separated: boolean;
}

/**
 * These reports, those of the same deployments and of `left`, and all that links to any
 * of them connect: whatever is not among these has no say in what becomes of them.
 */
async function readConcerned(
  trx: Transaction<Database>,
  reportIds: readonly string[],
  left: readonly string[],
): Promise<Concerned[]> {
  const { rows } = await sql<DeploymentReport & { separated: boolean }>`
    with recursive concerned (id) as (
      select id from (
        select unnest(${[...reportIds]}::text[]) as id
        union all
        select id from deployment_reports where deployment_id = any(${[...left]}::text[])
      ) as told
      union
      select linked.id
      from ${eachConcerned}
      cross join lateral (
        select sibling.id from deployment_reports sibling
        where sibling.deployment_id = report.deployment_id
        union all
        select other.id from deployment_reports other
        where tstzrange(other.begins_at, other.ends_at, '[]')
            && tstzrange(report.begins_at - ${apart}, report.ends_at + ${apart}, '[]')
          and other.begins_at is not null and report.begins_at is not null
          and other.service = report.service and other.environment = report.environment
          and other.source <> report.source
          and (other.revision = report.revision or other.artifact = report.artifact)
        offset 0
      ) as linked
    )
    select report.*, coalesce(s.apart, false) as separated
    from ${eachConcerned}
    left join separations s on s.kind = 'deployment' and s.member_id = report.id`.execute(trx);
  return rows.map(({ separated, ...row }) => ({ row, separated }));
}

/** Each looked up by itself: left to choose, Postgres goes through all reports there are. */
const eachConcerned = sql`concerned cross join lateral (
  select * from deployment_reports where id = concerned.id offset 0
) as report`;

const apart = sql`${overlapMilliseconds} * interval '1 millisecond'`;

function wholeOf(config: Config, reports: readonly DeploymentReport[]): WholeDeployment {
  const service = reports[0]?.service ?? "";
  return mergeReports(reports, (repository) => isCodeOf(config, service, repository));
}

/** Locked in the order in which derivation locks them. */
async function holdPlaces(trx: Transaction<Database>, ids: readonly string[]): Promise<Placed[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Placed>`
    select id, key, service, environment, tier, team, at from deployments
    where id = any(${[...ids]}::text[]) order by id for update`.execute(trx);
  return rows;
}

async function saveMemberships(
  trx: Transaction<Database>,
  wholes: readonly WholeDeployment[],
  reports: ReadonlyMap<string, DeploymentReport>,
): Promise<void> {
  const wrong = wholes.flatMap(({ id, members }) =>
    members
      .filter((member) => reports.get(member)?.deployment_id !== id)
      .map((member) => ({ member, id })),
  );
  if (wrong.length === 0) return;
  await sql`
    update deployment_reports report set deployment_id = told.deployment
    from unnest(
      ${wrong.map(({ member }) => member)}::text[],
      ${wrong.map(({ id }) => id)}::text[]) as told (member, deployment)
    where report.id = told.member`.execute(trx);
}
