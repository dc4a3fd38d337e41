import { graphiteGuide } from "@/lib/sources/graphite/guide";
import { readGraphite } from "@/lib/sources/graphite/read";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";
import { timelessDeliveryId } from "@/lib/sources/timeless";

export const graphite: Provider = {
  name: "graphite",
  title: "Graphite events",
  guide: graphiteGuide,
  defaultAuth: "bearer",
  // `when` may be left out: then the same words again are another event.
  deliveryId: ({ body, receivedAt }) =>
    /"when"\s*:\s*\d/.test(beginning(body)) ? null : timelessDeliveryId(body, receivedAt),
  eventName: () => "event",
  keptHeaders: [],
  read: readGraphite,
  // Without a tag that says so it is no deployment, and read as ignored.
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({
        what: "Sent by Pushline as a test.",
        tags: ["pushline-test"],
        when: Math.floor(at.getTime() / 1000),
        data: id,
      }),
    ),
  }),
};
