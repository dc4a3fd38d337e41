import { bitbucketGuide } from "@/lib/sources/bitbucket/guide";
import { bitbucketHistory } from "@/lib/sources/bitbucket/history";
import { readBitbucket } from "@/lib/sources/bitbucket/read";
import { hubSignature } from "@/lib/sources/hub-signature";
import type { Provider } from "@/lib/sources/reader";

export const bitbucket: Provider = {
  name: "bitbucket",
  title: "Bitbucket Cloud",
  defaultAuth: "signature",
  ...hubSignature,
  // The same on every attempt; X-Attempt-Number counts them.
  deliveryId: ({ headers }) => headers["x-request-uuid"] || null,
  eventName: ({ headers }) => headers["x-event-key"] || "unknown",
  keptHeaders: ["x-event-key", "x-event-time", "x-request-uuid", "x-hook-uuid", "x-attempt-number"],
  guide: bitbucketGuide,
  read: readBitbucket,
  history: bitbucketHistory,
  // Bitbucket has no event for a test: this name is of none.
  testDelivery: (id, at) => ({
    headers: {
      "content-type": "application/json",
      "x-event-key": "test:connection",
      "x-request-uuid": id,
    },
    body: Buffer.from(JSON.stringify({ test: true, sent_on: at.toISOString() })),
  }),
};
