import { hmacInHeader } from "@/lib/sources/hmac";
import { beginning } from "@/lib/sources/payload";
import { pelorusGuide } from "@/lib/sources/pelorus/guide";
import { kindOf, readPelorus } from "@/lib/sources/pelorus/read";
import type { Provider } from "@/lib/sources/reader";

export const pelorus: Provider = {
  name: "pelorus",
  title: "Pelorus",
  guide: pelorusGuide,
  defaultAuth: "signature",
  ...hmacInHeader("x-hub-signature-256", "sha256="),
  // Every event names its time, so equal bodies are the same event.
  deliveryId: () => null,
  eventName: ({ headers, body }) =>
    headers["x-pelorus-event"] ||
    kindOf((member) => beginning(body).includes(`"${member}"`)) ||
    "unknown",
  keptHeaders: ["x-pelorus-event", "user-agent"],
  read: readPelorus,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "x-pelorus-event": "ping" },
    body: Buffer.from(JSON.stringify({ ping: id, timestamp: Math.floor(at.getTime() / 1000) })),
  }),
};
