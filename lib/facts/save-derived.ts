import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { StreamName } from "@/lib/deployments/read-stream";
import type { DerivedDeployment } from "@/lib/deployments/types";
import {
  alone,
  changeRow,
  deploymentRow,
  differs,
  type RolloutShare,
  traceRow,
} from "@/lib/facts/derived-rows";
import { type ChangesSaving, findChanges, saveChanges } from "@/lib/facts/save-changes";
import { findTraces, saveTraces } from "@/lib/facts/save-traces";
import type { CountedPlace } from "@/lib/metrics/mark-cells";

/** A deployment about which derivation now says something else, with its place in the metrics. */
export interface ChangedDeployment extends CountedPlace {
  id: string;
}

type DerivedRow = ReturnType<typeof deploymentRow>;

export interface SavedDerivation {
  changed: ChangedDeployment[];
  /** What else is counted otherwise by it: where moved changes stood, failures that share a remedy. */
  besides: CountedPlace[];
}

/**
 * Stores what derivation says of deployments of a stream, as far as it is not stored yet, and
 * answers what changed by it. Rows that left the stream meanwhile are left
 * alone: they are another's now.
 */
export async function saveDerived(
  trx: Transaction<Database>,
  stream: StreamName,
  derived: readonly DerivedDeployment[],
  /** By public id; a deployment that is none of several regions' is not there. */
  shares: ReadonlyMap<string, RolloutShare>,
): Promise<SavedDerivation> {
  const shareOf = (id: string) => shares.get(id) ?? alone;
  const ids = derived.map(({ id }) => id);
  const { rows, remedies } = await findRows(
    trx,
    derived.map((deployment) => deploymentRow(deployment, shareOf(deployment.id))),
  );
  const changes = await findChanges(
    trx,
    ids,
    derived.flatMap(({ id, changes }) => changes.map((one) => changeRow(id, one, shareOf(id)))),
  );
  const traces = await findTraces(
    trx,
    ids,
    derived.flatMap(({ id, carried }) => carried.traces.map((trace) => traceRow(id, trace))),
  );
  const held = await holdDeployments(trx, stream, [
    ...rows.map(({ id }) => id),
    ...changes.ids,
    ...traces.ids,
  ]);
  const isHeld = (id: string) => held.has(id);
  await saveRows(
    trx,
    rows.filter(({ id }) => isHeld(id)),
  );
  await saveChanges(trx, ofDeployments(changes, isHeld));
  await saveTraces(trx, traces, isHeld);
  return {
    changed: [...held.values()],
    besides: [
      ...changes.left.filter((place) => isHeld(place.deployment_id)),
      ...(await answeredBy(trx, stream, remedies)),
    ],
  };
}

interface FoundRows {
  /** Those that differ from what is stored. */
  rows: DerivedRow[];
  /** What answered them, by what is stored or by what is said now. */
  remedies: Remedy[];
}

type Remedy = Pick<DerivedRow["remedies"][number], "deployment" | "release">;

async function findRows(
  trx: Transaction<Database>,
  rows: readonly DerivedRow[],
): Promise<FoundRows> {
  const [first] = rows;
  if (!first) return { rows: [], remedies: [] };
  const stored = await trx
    .selectFrom("deployments")
    .select(Object.keys(first) as (keyof DerivedRow)[])
    .where(sql<boolean>`id = any(${rows.map(({ id }) => id)}::text[])`)
    .execute();
  const byId = new Map(stored.map((row) => [row.id, row]));
  const differing = rows.filter((row) => differs(byId.get(row.id), row));
  const remedies = differing.flatMap((row) => [
    ...row.remedies,
    ...((byId.get(row.id)?.remedies ?? []) as Remedy[]),
  ]);
  return { rows: differing, remedies };
}

/** The failures that these remedies served: each attempt is counted with the oldest of them. */
async function answeredBy(
  trx: Transaction<Database>,
  { service, environment }: StreamName,
  remedies: readonly Remedy[],
): Promise<CountedPlace[]> {
  if (remedies.length === 0) return [];
  const named = remedies.map(({ deployment, release }) =>
    deployment ? { deployment } : { release },
  );
  const { rows } = await sql<CountedPlace>`
    select failure.* from jsonb_array_elements(${JSON.stringify(named)}::jsonb) as remedy
    cross join lateral (
      select service, team, environment, at from deployments
      where failed and remedies @> jsonb_build_array(remedy) offset 0
    ) as failure
    where failure.service = ${service} and failure.environment = ${environment}`.execute(trx);
  return rows;
}

/** Locks those of these deployments that are still in the stream, in the order in which all do. */
async function holdDeployments(
  trx: Transaction<Database>,
  { service, environment }: StreamName,
  ids: readonly string[],
): Promise<Map<string, ChangedDeployment>> {
  if (ids.length === 0) return new Map();
  const rows = await trx
    .selectFrom("deployments")
    .select(["id", "service", "team", "environment", "at"])
    .where("service", "=", service)
    .where("environment", "=", environment)
    .where(sql<boolean>`id = any(${[...new Set(ids)]}::text[])`)
    .orderBy("id")
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

function ofDeployments(
  changes: ChangesSaving,
  isHeld: (id: string) => boolean,
): Pick<ChangesSaving, "gone" | "put"> {
  return {
    gone: changes.gone.filter((row) => isHeld(row.deployment_id)),
    put: changes.put.filter((row) => isHeld(row.deployment_id)),
  };
}

async function saveRows(trx: Transaction<Database>, rows: readonly DerivedRow[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const names = Object.keys(first).filter((name) => name !== "id");
  const assigned = sql.join(names.map((name) => sql`${sql.ref(name)} = ${sql.ref(`n.${name}`)}`));
  await sql`
    update deployments d set ${assigned}
    from json_populate_recordset(null::deployments, ${JSON.stringify(rows)}::json) n
    where d.id = n.id`.execute(trx);
}
