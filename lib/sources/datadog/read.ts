import { readDora } from "@/lib/sources/datadog/dora";
import { readDatadogEvent } from "@/lib/sources/datadog/event";
import { isMonitor, readMonitor } from "@/lib/sources/datadog/monitor";
import { payloadWithLongIntegers } from "@/lib/sources/nanoseconds";
import { isPayload, name } from "@/lib/sources/payload";
import { type DeliveryInput, type Reading, UnreadableDelivery } from "@/lib/sources/reader";

/**
 * What Datadog's own clients and monitors send: deployments and failures as its DORA API
 * takes them, events as its events API does, and the webhooks of monitors.
 */
export function readDatadog(input: DeliveryInput): Reading {
  const body = payloadWithLongIntegers(input.body);
  if (isPayload(body.data)) return readDora(input, body.data);
  if (isMonitor(body)) return readMonitor(input, body);
  if (name(body.title) !== null) return readDatadogEvent(input, body);
  throw new UnreadableDelivery(
    "missing_field",
    "data",
    "a deployment, a failure, an event or an alert",
  );
}
