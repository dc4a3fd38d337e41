import { flagsmithGuide } from "@/lib/sources/flagsmith/guide";
import { readFlagsmith } from "@/lib/sources/flagsmith/read";
import { hmacInHeader } from "@/lib/sources/hmac";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const flagsmith: Provider = {
  name: "flagsmith",
  title: "Flagsmith",
  defaultAuth: "signature",
  // HMAC-SHA256 of the raw body, where the webhook was given a secret.
  ...hmacInHeader("x-flagsmith-signature"),
  // The body holds flag and time, so it stands for the delivery.
  deliveryId: () => null,
  // The type stands at a body's end, which is not looked at here where it is far away.
  eventName: ({ body }) => {
    const start = beginning(body);
    const type = /"event_type"\s*:\s*"(\w{1,40})"/.exec(start)?.[1];
    return type ?? (/"related_object_type"\s*:/.test(start) ? "audit-log" : "unknown");
  },
  keptHeaders: [],
  read: readFlagsmith,
  guide: flagsmithGuide,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({ data: { id, timestamp: at.toISOString() }, event_type: "PUSHLINE_TEST" }),
    ),
  }),
};
