import { openBody } from "@/lib/sources/buildkite/delivery";
import { buildkiteGuide } from "@/lib/sources/buildkite/guide";
import { readBuildkite } from "@/lib/sources/buildkite/read";
import { signBody, verifySignature } from "@/lib/sources/buildkite/signature";
import { glance } from "@/lib/sources/glance";
import type { Provider } from "@/lib/sources/reader";

export const buildkite: Provider = {
  name: "buildkite",
  title: "Buildkite",
  defaultAuth: "signature",
  verify: verifySignature,
  sign: signBody,
  // Only the body tells two states of one build apart.
  deliveryId: () => null,
  eventName: ({ headers, body }) => headers["x-buildkite-event"] || openBody(glance(body)).event,
  keptHeaders: ["x-buildkite-event"],
  read: readBuildkite,
  guide: buildkiteGuide,
  testDelivery: (id, at) => ({
    headers: {
      "content-type": "application/json",
      "x-buildkite-event": "ping",
      "x-buildkite-signature": `timestamp=${Math.floor(at.getTime() / 1000)}`,
    },
    body: Buffer.from(
      JSON.stringify({ event: "ping", service: { id, provider: "webhook" }, sentAt: at }),
    ),
  }),
};
