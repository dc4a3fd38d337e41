import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import type { Context } from "@/lib/context";
import { deriveStream } from "@/lib/deployments/derive-stream";
import { readStream, type StoredStream, type StreamName } from "@/lib/deployments/read-stream";
import { ownsPaths } from "@/lib/deployments/resolve-service";
import { withGraph } from "@/lib/deployments/with-graph";
import { lockStreams, markDirty } from "@/lib/facts/mark-dirty";
import { type ChangedDeployment, saveDerived } from "@/lib/facts/save-derived";
import { saveIncidents } from "@/lib/facts/save-incidents";
import { announce, type LivePayload } from "@/lib/live/announce";
import { markCells } from "@/lib/metrics/mark-cells";
import { groupStream } from "@/lib/projection/group-stream";
import { claimStream, shareGeneration } from "@/lib/projection/locks";
import { rolloutShares, siblingStreams } from "@/lib/projection/rollout-shares";
import { markDeploymentSlos } from "@/lib/slo/mark-slo-cells";

export type Deriving = Pick<Context, "db" | "config" | "clock">;

export interface Derivation {
  /** Public ids of incidents that came, changed or went. */
  incidents: string[];
  /** Public ids of deployments about which something else is said now. */
  deployments: string[];
}

/** Dirty streams, those that wait on the oldest moment first. */
export async function dirtyStreams({ db }: Deriving, atMost: number): Promise<StreamName[]> {
  return db
    .selectFrom("streams")
    .select(["service", "environment"])
    .where("dirty_from", "is not", null)
    .orderBy("dirty_from")
    .orderBy("service")
    .orderBy("environment")
    .limit(atMost)
    .execute();
}

/**
 * Brings one dirty stream up to date in one transaction: its incidents, then
 * what its deployments are. Null when another worker has it or it is clean.
 */
export async function deriveDirtyStream(
  context: Deriving,
  stream: StreamName,
): Promise<Derivation | null> {
  return context.db.transaction().execute(async (trx) => {
    await shareGeneration(trx);
    if (!(await claimStream(trx, stream.service, stream.environment))) return null;
    const marked = await readMark(trx, stream);
    if (marked === null) return null;

    const groups = await groupStream(trx, context.config, stream);
    const { threshold } = context.config.matching;
    const incidents = await saveIncidents(trx, stream, groups, threshold);
    const input = await readStream(trx, context.config, stream);
    const changed = input ? await deriveAndSave(trx, context.config, input) : [];
    const siblings = await siblingStreams(
      trx,
      stream,
      changed.map(({ id }) => id),
    );
    const others = [...incidents.blamed, ...siblings].filter((other) => !isSame(other, stream));
    await lockStreams(trx, [...others, stream]);
    await markDirty(trx, others);
    await markCells(trx, changed);
    await markDeploymentSlos(trx, changed);
    await settle(trx, stream, marked, context.clock.now());
    await announce(trx, "deployment", changed.map(told));
    await announce(
      trx,
      "incident",
      incidents.changed.map((id) => told({ id, ...stream })),
    );
    return { incidents: incidents.changed, deployments: changed.map(({ id }) => id) };
  });
}

async function deriveAndSave(
  trx: Transaction<Database>,
  config: Config,
  input: StoredStream,
): Promise<ChangedDeployment[]> {
  const derived = await withGraph(
    trx,
    input.repositories,
    (repository, paths) => ownsPaths(config, input.service, repository, paths),
    (graph) => deriveStream({ ...input, graph }),
  );
  return saveDerived(trx, input, derived, await rolloutShares(trx, input, derived));
}

async function readMark(trx: Transaction<Database>, stream: StreamName): Promise<number | null> {
  const row = await trx
    .selectFrom("streams")
    .select("marked")
    .where("service", "=", stream.service)
    .where("environment", "=", stream.environment)
    .where("dirty_from", "is not", null)
    .executeTakeFirst();
  return row?.marked ?? null;
}

/** Clean again, unless something was marked since the beginning: then it stays dirty and is derived anew. */
async function settle(
  trx: Transaction<Database>,
  stream: StreamName,
  marked: number,
  at: Date,
): Promise<void> {
  await sql`
    update streams
    set derived_at = ${at}, dirty_from = case when marked = ${marked} then null else dirty_from end
    where service = ${stream.service} and environment = ${stream.environment}`.execute(trx);
}

function told({
  id,
  service,
  environment,
}: {
  id: string;
  service: string | null;
  environment: string | null;
}): LivePayload {
  return { id, ...(service && { service }), ...(environment && { environment }) };
}

function isSame(
  one: { service: string | null; environment: string | null },
  other: StreamName,
): boolean {
  return (one.service ?? "") === other.service && (one.environment ?? "") === other.environment;
}
