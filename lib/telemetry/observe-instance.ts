import { metrics, type ObservableGauge, type ObservableResult } from "@opentelemetry/api";
import { sql } from "kysely";
import type { Pool } from "pg";
import type { Context } from "@/lib/context";

/** What an instance is asked for whenever its metrics are collected. */
export interface Observed {
  context: Context;
  pools: Readonly<Record<string, Pool>>;
  /** Deliveries that wait for a statement. */
  waitingDeliveries(): number;
  /** Browsers and others that follow live. */
  liveClients(): number;
}

/** Reports the instance's state as gauges from now on; returns how to end it. */
export function observeInstance(observed: Observed): () => void {
  const meter = metrics.getMeter("pushline");
  const gauge = (name: string, description: string, unit = "") =>
    meter.createObservableGauge(name, { description, unit });
  const observations: [ObservableGauge, (result: ObservableResult) => void | Promise<void>][] = [
    [
      gauge("pushline.ingest.queue", "Deliveries that wait for a statement at the door."),
      (result) => result.observe(observed.waitingDeliveries()),
    ],
    [
      gauge("pushline.live.clients", "Open event streams."),
      (result) => result.observe(observed.liveClients()),
    ],
    [
      gauge("pushline.database.connections", "Connections per pool, by what they do."),
      (result) => observePools(result, observed.pools),
    ],
    [
      gauge("pushline.process.memory", "Memory of the process, by kind.", "By"),
      (result) => observeMemory(result),
    ],
    [
      gauge("pushline.deliveries.pending", "Deliveries whose meaning is not settled yet."),
      async (result) => result.observe(await countPending(observed.context)),
    ],
    [
      gauge("pushline.projection.lag", "Age of the oldest delivery that is not settled.", "s"),
      async (result) => result.observe(await lagSeconds(observed.context)),
    ],
    [
      gauge("pushline.streams.dirty", "Streams that wait for their derivation."),
      async (result) => result.observe(await countDirty(observed.context)),
    ],
  ];
  for (const [instrument, observe] of observations) instrument.addCallback(observe);
  return () => {
    for (const [instrument, observe] of observations) instrument.removeCallback(observe);
  };
}

function observePools(result: ObservableResult, pools: Observed["pools"]): void {
  for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(pools)) {
    result.observe(totalCount - idleCount, { pool, state: "busy" });
    result.observe(idleCount, { pool, state: "idle" });
    result.observe(waitingCount, { pool, state: "awaited" });
  }
}

function observeMemory(result: ObservableResult): void {
  const { rss, heapUsed, external } = process.memoryUsage();
  result.observe(rss, { kind: "resident" });
  result.observe(heapUsed, { kind: "heap" });
  result.observe(external, { kind: "external" });
}

/** Counted up to a million, so that asking stays cheap however far behind we are. */
const pendingAtMost = 1_000_000;

async function countPending({ db }: Context): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n
    from (select from deliveries where outcome = 'pending' limit ${pendingAtMost}) as pending`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

async function lagSeconds({ db, clock }: Context): Promise<number> {
  const oldest = await db
    .selectFrom("deliveries")
    .select("received_at")
    .where("outcome", "=", "pending")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  if (!oldest) return 0;
  return Math.max(0, (clock.now().getTime() - oldest.received_at.getTime()) / 1000);
}

async function countDirty({ db }: Context): Promise<number> {
  const row = await db
    .selectFrom("streams")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("dirty_from", "is not", null)
    .executeTakeFirst();
  return row?.n ?? 0;
}
