import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";
import { statuspageGuide } from "@/lib/sources/statuspage/guide";
import { readStatuspage } from "@/lib/sources/statuspage/read";

export const statuspage: Provider = {
  name: "statuspage",
  title: "Statuspage",
  // A subscriber can give an address and nothing else.
  defaultAuth: "path",
  // The body holds the time at which it was made, so it stands for the delivery.
  deliveryId: () => null,
  eventName: ({ body }) =>
    /"component_update"\s*:/.test(beginning(body)) ? "component" : "incident",
  keptHeaders: [],
  read: readStatuspage,
  guide: statuspageGuide,
  // The end of a component's update is no fact.
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({
        meta: { generated_at: at.toISOString(), documentation: "Sent by Pushline as a test." },
        component_update: { id, old_status: "operational", new_status: "operational" },
      }),
    ),
  }),
};
