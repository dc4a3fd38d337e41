import { glance } from "@/lib/sources/glance";
import { octopusGuide } from "@/lib/sources/octopus/guide";
import { readOctopus } from "@/lib/sources/octopus/read";
import { identifier, name, part } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

const eventIn = (body: Uint8Array) => part(part(glance(body).Payload).Event);

export const octopus: Provider = {
  name: "octopus",
  title: "Octopus Deploy",
  defaultAuth: "bearer",
  // A batch that failed is sent again, its events with their ids.
  deliveryId: ({ body }) => identifier(eventIn(body).Id),
  eventName: ({ body }) => name(eventIn(body).Category) ?? "unknown",
  keptHeaders: ["user-agent"],
  read: readOctopus,
  guide: octopusGuide,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "user-agent": "Pushline" },
    body: Buffer.from(
      JSON.stringify({
        EventType: "SubscriptionPayload",
        Payload: {
          Event: {
            Id: id,
            Category: "PushlineTest",
            Occurred: at.toISOString(),
            Message: "A test.",
          },
        },
      }),
    ),
  }),
};
