import { glance } from "@/lib/sources/glance";
import { name, part } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";
import { spinnakerGuide } from "@/lib/sources/spinnaker/guide";
import { readSpinnaker } from "@/lib/sources/spinnaker/read";

export const spinnaker: Provider = {
  name: "spinnaker",
  title: "Spinnaker",
  defaultAuth: "basic",
  // echo numbers nothing; the body stands for the delivery.
  deliveryId: () => null,
  eventName: ({ body }) => name(part(glance(body).details).type) ?? "unknown",
  keptHeaders: ["user-agent"],
  read: readSpinnaker,
  guide: spinnakerGuide,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "user-agent": "Pushline" },
    body: Buffer.from(
      JSON.stringify({
        details: { source: "pushline", type: "pushline:test", created: String(at.getTime()) },
        content: { executionId: id },
      }),
    ),
  }),
};
