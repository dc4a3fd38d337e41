import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";
import { isSignedMessage, signMessage } from "@/lib/sources/signed-message";
import { standardWebhooksGuide } from "@/lib/sources/standard-webhooks/guide";
import { readStandardWebhook } from "@/lib/sources/standard-webhooks/read";

export const standardWebhooks: Provider = {
  name: "standard-webhooks",
  title: "Standard Webhooks",
  guide: standardWebhooksGuide,
  defaultAuth: "signature",
  verify: isSignedMessage,
  sign: signMessage,
  // The same on every retry.
  deliveryId: ({ headers }) => headers["webhook-id"] || null,
  eventName: ({ body }) =>
    /"type"\s*:\s*"([\w.:/-]{1,100})"/.exec(beginning(body))?.[1] ?? "unknown",
  keptHeaders: ["webhook-id", "webhook-timestamp"],
  read: readStandardWebhook,
  testDelivery: (id, at) => ({
    headers: {
      "content-type": "application/json",
      "webhook-id": `msg_${id}`,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    },
    body: Buffer.from(
      JSON.stringify({ type: "pushline.test", timestamp: at.toISOString(), data: {} }),
    ),
  }),
};
