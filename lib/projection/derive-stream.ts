import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import type { KnownHistories } from "@/lib/deployments/known-histories";
import type { StreamName } from "@/lib/deployments/read-stream";
import { type DirtyStream, lockStreams, markDirty } from "@/lib/facts/mark-dirty";
import { rolloutStreams } from "@/lib/facts/rollout-streams";
import { saveDerived } from "@/lib/facts/save-derived";
import { saveIncidents } from "@/lib/facts/save-incidents";
import { announce, type LivePayload } from "@/lib/live/announce";
import { markCells } from "@/lib/metrics/mark-cells";
import { deriveSince, type WindowOfStream } from "@/lib/projection/derive-window";
import { groupStream } from "@/lib/projection/group-stream";
import { claimStream, shareGeneration } from "@/lib/projection/locks";
import { markDeploymentSlos } from "@/lib/slo/mark-slo-cells";

export type Deriving = Pick<Context, "db" | "config" | "clock"> & {
  /** Given where nothing is told of repositories from one derivation to the next. */
  histories?: KnownHistories;
};

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

/** A window begins so many deployments before what changed: a remedy seldom answers an earlier one. */
const usualMargin = 8;
const beginning = new Date(0);

/**
 * Brings one dirty stream up to date in one transaction: its incidents, then what
 * its deployments are, from the earliest moment on that has changed. Null when
 * another worker has it or it is clean.
 */
export async function deriveDirtyStream(
  context: Deriving,
  stream: StreamName,
  margin = usualMargin,
): Promise<Derivation | null> {
  return context.db.transaction().execute(async (trx) => {
    await shareGeneration(trx);
    if (!(await claimStream(trx, stream.service, stream.environment))) return null;
    const mark = await readMark(trx, stream);
    if (!mark) return null;

    const groups = await groupStream(trx, context.config, stream, mark.dirty_from);
    const { threshold } = context.config.matching;
    const incidents = await saveIncidents(trx, stream, groups, threshold);
    const from = earliest(mark.dirty_from, incidents.concerned, stream);
    const window = await deriveSince(trx, context, stream, from, margin);
    const { changed, besides } = window
      ? await saveDerived(trx, stream, window.derived, window.shares)
      : { changed: [], besides: [] };
    const others = [...incidents.concerned, ...(await siblings(trx, changed, window))].filter(
      (other) => !isSame(other, stream),
    );
    await lockStreams(trx, [...others, stream]);
    await markDirty(trx, others);
    await markDeploymentSlos(trx, [...changed, ...besides]);
    await markCells(trx, [...changed, ...besides]);
    await settle(trx, stream, { ...mark, from: window?.seam ?? beginning }, context.clock.now());
    await announce(trx, "deployment", changed.map(told));
    await announce(
      trx,
      "incident",
      incidents.changed.map((id) => told({ id, ...stream })),
    );
    return { incidents: incidents.changed, deployments: changed.map(({ id }) => id) };
  });
}

/** The streams of the regions in which these deployments' rollouts went on. */
async function siblings(
  trx: Transaction<Database>,
  changed: readonly { id: string }[],
  window: WindowOfStream | null,
): Promise<DirtyStream[]> {
  const isAlone = window?.stream.deployments.every(({ rolloutGroup }) => rolloutGroup === null);
  if (isAlone ?? true) return [];
  return rolloutStreams(
    trx,
    changed.map(({ id }) => id),
  );
}

interface Mark {
  marked: number;
  dirty_from: Date;
}

async function readMark(trx: Transaction<Database>, stream: StreamName): Promise<Mark | null> {
  const row = await trx
    .selectFrom("streams")
    .select(["marked", "dirty_from"])
    .where("service", "=", stream.service)
    .where("environment", "=", stream.environment)
    .executeTakeFirst();
  return row?.dirty_from ? { marked: row.marked, dirty_from: row.dirty_from } : null;
}

/** The moment from which on a stream is to be told anew, with what its incidents turned out to be. */
function earliest(from: Date, concerned: readonly DirtyStream[], stream: StreamName): Date {
  const moments = concerned.filter((one) => isSame(one, stream)).map((one) => one.from.getTime());
  return new Date(Math.min(from.getTime(), ...moments));
}

/**
 * Clean again, unless something was marked since the beginning: then what was derived
 * may be half of before and half of after, and all of it is derived anew.
 */
async function settle(
  trx: Transaction<Database>,
  stream: StreamName,
  { marked, from }: Mark & { from: Date },
  at: Date,
): Promise<void> {
  await sql`
    update streams
    set derived_at = ${at},
      dirty_from = case when marked = ${marked} then null else least(dirty_from, ${from}) end
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
