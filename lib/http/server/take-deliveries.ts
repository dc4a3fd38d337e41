import { sourceOf } from "@/lib/auth/reach";
import { admit, type Exchange } from "@/lib/http/server/exchange";
import type { House } from "@/lib/http/server/house";
import { sendJson } from "@/lib/http/server/send";
import { receiveEvents } from "@/lib/ingest/receive-events";
import { receiveTestRun } from "@/lib/ingest/receive-test-run";
import { receiveWebhook } from "@/lib/ingest/receive-webhook";
import { recordReceived } from "@/lib/telemetry/record-received";

export async function takeWebhook(
  { door }: House,
  { request, response, parameters }: Exchange,
): Promise<void> {
  const started = performance.now();
  const { source = "", key = null } = parameters;
  const { id, outcome } = await receiveWebhook(door, request, { source, key });
  sendJson(response, 202, { delivery: id, outcome });
  recordReceived(source, [outcome], secondsSince(started));
}

export async function takeEvents(
  { context, door }: House,
  { request, response }: Exchange,
): Promise<void> {
  const started = performance.now();
  const sender = await admit(context, request, "ingest");
  const events = await receiveEvents(door, request, sender);
  sendJson(response, 202, { events });
  recordReceived(
    sourceOf(sender.actor),
    events.map(({ outcome }) => outcome),
    secondsSince(started),
  );
}

export async function takeTestRun(
  { context, door }: House,
  { request, response, search }: Exchange,
): Promise<void> {
  const started = performance.now();
  const sender = await admit(context, request, "ingest");
  const { id, outcome } = await receiveTestRun(door, request, { sender, search });
  sendJson(response, 202, { delivery: id, outcome });
  recordReceived(sourceOf(sender.actor), [outcome], secondsSince(started));
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
