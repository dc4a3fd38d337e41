import { circleciGuide } from "@/lib/sources/circleci/guide";
import { readCircleci } from "@/lib/sources/circleci/read";
import { signBody, verifySignature } from "@/lib/sources/circleci/signature";
import { glance } from "@/lib/sources/glance";
import { identifier } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const circleci: Provider = {
  name: "circleci",
  title: "CircleCI",
  defaultAuth: "signature",
  verify: verifySignature,
  sign: signBody,
  // A delivery may come twice, with the same id.
  deliveryId: ({ body }) => identifier(glance(body).id),
  eventName: ({ headers }) => headers["circleci-event-type"] || "unknown",
  keptHeaders: ["circleci-event-type"],
  read: readCircleci,
  guide: circleciGuide,
  // What CircleCI itself sends when a webhook is tried; it is read as ignored.
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "circleci-event-type": "ping" },
    body: Buffer.from(
      JSON.stringify({
        type: "ping",
        id,
        happened_at: at.toISOString(),
        webhook: { id, name: "Sent by Pushline as a test" },
      }),
    ),
  }),
};
