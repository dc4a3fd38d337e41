import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import type { Context } from "@/lib/context";
import { BodyBudget } from "@/lib/ingest/body-budget";
import { GroupCommit } from "@/lib/ingest/group-commit";
import { insertDeliveries } from "@/lib/ingest/insert-deliveries";
import { Rates } from "@/lib/limits/rates";
import { Refusals } from "@/lib/source-health/refusals";

/** Where deliveries come in: one per process, shared by every address that takes them. */
export interface Door {
  context: Context;
  commit: GroupCommit;
  bodies: BodyBudget;
  rates: Rates;
  refusals: Refusals;
}

/** Notified when there is something to project. */
export const deliveriesChannel = "pushline_deliveries";

/** A notification costs a commit of its own, and one says as much as ten. */
const restMilliseconds = 50;

/** `wake` is told of this process's own deliveries; other replicas hear by NOTIFY. */
export function openDoor(context: Context, wake: () => void): Door {
  const tellReplicas = coalesced(() => notify(context));
  const insert = (rows: Parameters<typeof insertDeliveries>[1]) =>
    insertDeliveries(context.ingestDb, rows);
  const commit = new GroupCommit(insert, () => {
    wake();
    tellReplicas();
  });
  const rates = new Rates(context.config.limits);
  const refusals = new Refusals(context.ingestDb);
  return { context, commit, bodies: new BodyBudget(), rates, refusals };
}

/** Outside the deliveries' own transaction: NOTIFY in each would cut inserts to a quarter. */
async function notify(context: Context): Promise<void> {
  await sql`select pg_notify(${deliveriesChannel}, '')`.execute(context.ingestDb);
}

/** Runs one at a time, with a rest between; a failure is made good by the replicas' polling. */
function coalesced(work: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    running = true;
    do {
      again = false;
      await work().catch(() => undefined);
      await setTimeout(restMilliseconds, undefined, { ref: false });
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}
