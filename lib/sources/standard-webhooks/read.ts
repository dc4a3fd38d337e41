import { native } from "@/lib/sources/native";
import { isPayload, name, type Payload, payloadOf } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";

/**
 * The standard says how a webhook is signed, and of its body only that `type`,
 * `timestamp` and `data` are good names. What is read are native events, as the body
 * or as its `data`; the timestamp of the attempt is never taken for the event's.
 */
export function readStandardWebhook(input: DeliveryInput): Reading {
  const body = payloadOf(input.body);
  const type = name(body.type) ?? "unknown";
  const event = nativeEventIn(body);
  if (!event)
    return {
      outcome: "ignored",
      event: type,
      reason: "its type carries no event that is read here",
    };
  return native.read({ ...input, headers: {}, body: Buffer.from(JSON.stringify(event)) });
}

const nativeTypes = ["change", "build", "deployment", "release", "incident", "alert", "test_run"];

/** `{"type":"deployment","id":…}`, or in an envelope whose type is that of its data (`dev.pushline.deployment`). */
function nativeEventIn(body: Payload): Payload | null {
  const kind = String(body.type).replace(/^dev\.pushline\./, "");
  if (!nativeTypes.includes(kind)) return null;
  if (isPayload(body.data)) return { type: kind, ...body.data };
  return body.id === undefined ? null : body;
}
