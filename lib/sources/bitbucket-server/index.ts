import { bitbucketServerGuide } from "@/lib/sources/bitbucket-server/guide";
import { bitbucketServerHistory } from "@/lib/sources/bitbucket-server/history";
import { readBitbucketServer } from "@/lib/sources/bitbucket-server/read";
import { hubSignature } from "@/lib/sources/hub-signature";
import type { Provider } from "@/lib/sources/reader";

export const bitbucketServer: Provider = {
  name: "bitbucket-server",
  title: "Bitbucket Data Center",
  defaultAuth: "signature",
  ...hubSignature,
  deliveryId: ({ headers }) => headers["x-request-id"] || null,
  eventName: ({ headers }) => headers["x-event-key"] || "unknown",
  keptHeaders: ["x-event-key", "x-request-id"],
  guide: bitbucketServerGuide,
  read: readBitbucketServer,
  history: bitbucketServerHistory,
  // What Bitbucket's own "Test connection" sends.
  testDelivery: (id) => ({
    headers: {
      "content-type": "application/json",
      "x-event-key": "diagnostics:ping",
      "x-request-id": id,
    },
    body: Buffer.from(JSON.stringify({ test: true })),
  }),
};
