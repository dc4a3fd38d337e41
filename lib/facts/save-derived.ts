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
): Promise<ChangedDeployment[]> {
  const shareOf = (id: string) => shares.get(id) ?? alone;
  const ids = derived.map(({ id }) => id);
  const rows = await findRows(
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
  return [...held.values()];
}

async function findRows(
  trx: Transaction<Database>,
  rows: readonly DerivedRow[],
): Promise<DerivedRow[]> {
  const [first] = rows;
  if (!first) return [];
  const stored = await trx
    .selectFrom("deployments")
    .select(Object.keys(first) as (keyof DerivedRow)[])
    .where(sql<boolean>`id = any(${rows.map(({ id }) => id)}::text[])`)
    .execute();
  const byId = new Map(stored.map((row) => [row.id, row]));
  return rows.filter((row) => differs(byId.get(row.id), row));
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

function ofDeployments(changes: ChangesSaving, isHeld: (id: string) => boolean): ChangesSaving {
  return {
    ids: changes.ids.filter(isHeld),
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
