import type { Exchange } from "@/lib/http/server/exchange";
import type { House } from "@/lib/http/server/house";
import { sendJson } from "@/lib/http/server/send";
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
  recordReceived(source, outcome, (performance.now() - started) / 1000);
}
