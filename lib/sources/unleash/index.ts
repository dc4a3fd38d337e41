import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";
import { unleashGuide } from "@/lib/sources/unleash/guide";
import { readUnleash } from "@/lib/sources/unleash/read";

export const unleash: Provider = {
  name: "unleash",
  title: "Unleash",
  // It signs nothing, and sends one Authorization header of one's own.
  defaultAuth: "bearer",
  // An event sent twice is the same body; the fact has the event's id.
  deliveryId: () => null,
  eventName: ({ body }) => /"type"\s*:\s*"([a-z-]{1,60})"/.exec(beginning(body))?.[1] ?? "unknown",
  keptHeaders: [],
  read: readUnleash,
  guide: unleashGuide,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({
        type: "pushline-test",
        createdBy: "pushline",
        createdAt: at.toISOString(),
        featureName: id,
      }),
    ),
  }),
};
