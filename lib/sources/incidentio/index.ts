import { incidentioGuide } from "@/lib/sources/incidentio/guide";
import { readIncidentio } from "@/lib/sources/incidentio/read";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";
import { isSignedMessage, signMessage } from "@/lib/sources/signed-message";

export const incidentio: Provider = {
  name: "incidentio",
  title: "incident.io",
  defaultAuth: "signature",
  verify: isSignedMessage,
  sign: signMessage,
  // The same on every retry.
  deliveryId: ({ headers }) => headers["webhook-id"] || null,
  eventName: ({ body }) =>
    /"event_type"\s*:\s*"([\w.]{1,100})"/.exec(beginning(body))?.[1] ?? "unknown",
  keptHeaders: ["webhook-id", "webhook-timestamp"],
  read: readIncidentio,
  guide: incidentioGuide,
  testDelivery: (id, at) => ({
    headers: {
      "content-type": "application/json",
      "webhook-id": `msg_${id}`,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    },
    body: Buffer.from(JSON.stringify({ event_type: "pushline.test", "pushline.test": { id } })),
  }),
};
