import { opsgenieGuide } from "@/lib/sources/opsgenie/guide";
import { readOpsgenie } from "@/lib/sources/opsgenie/read";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const opsgenie: Provider = {
  name: "opsgenie",
  title: "Opsgenie",
  // It signs nothing; its webhooks take headers of one's own.
  defaultAuth: "bearer",
  // The body names alert, action and the nanosecond, so it stands for the delivery.
  deliveryId: () => null,
  eventName: ({ body }) => /"action"\s*:\s*"(\w{1,40})"/.exec(beginning(body))?.[1] ?? "unknown",
  keptHeaders: [],
  read: readOpsgenie,
  guide: opsgenieGuide,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({
        action: "AddNote",
        alert: { alertId: id, message: "Sent by Pushline as a test.", createdAt: at.getTime() },
      }),
    ),
  }),
};
