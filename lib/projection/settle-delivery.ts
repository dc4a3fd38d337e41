import { setTimeout } from "node:timers/promises";
import type { Context } from "@/lib/context";
import type { StreamName } from "@/lib/deployments/read-stream";
import { deriveDirtyStream } from "@/lib/projection/derive-stream";
import { projectPending } from "@/lib/projection/project-deliveries";

const patienceMilliseconds = 8_000;
const deliveriesAtOnce = 400;
const anotherWorkerMilliseconds = 20;

/**
 * Projects a stored delivery and derives the streams it concerns before it
 * returns, so that a person's word is in the figures at once. Gives up waiting
 * after 8 s behind a backlog: the delivery is durable, and the worker follows.
 */
export async function settleDelivery(
  context: Context,
  deliveryId: string,
  streamsConcerned: () => Promise<StreamName[]>,
): Promise<void> {
  const until = performance.now() + patienceMilliseconds;
  while (performance.now() < until && (await isPending(context, deliveryId)))
    await projectPending(context, deliveriesAtOnce);
  for (const stream of await streamsConcerned())
    while (performance.now() < until && (await isDirty(context, stream))) {
      const derived = await deriveDirtyStream(context, stream);
      if (!derived) await setTimeout(anotherWorkerMilliseconds);
    }
}

async function isPending(context: Context, deliveryId: string): Promise<boolean> {
  const row = await context.db
    .selectFrom("deliveries")
    .select("outcome")
    .where("id", "=", Number(deliveryId))
    .executeTakeFirst();
  return row?.outcome === "pending";
}

async function isDirty(context: Context, stream: StreamName): Promise<boolean> {
  const row = await context.db
    .selectFrom("streams")
    .select("dirty_from")
    .where("service", "=", stream.service)
    .where("environment", "=", stream.environment)
    .executeTakeFirst();
  return row?.dirty_from != null;
}
