import { glance } from "@/lib/sources/glance";
import { eventNameOf } from "@/lib/sources/harness/delivery";
import { harnessGuide } from "@/lib/sources/harness/guide";
import { readHarness } from "@/lib/sources/harness/read";
import { harnessSignature } from "@/lib/sources/harness/signature";
import type { Provider } from "@/lib/sources/reader";

export const harness: Provider = {
  name: "harness",
  title: "Harness",
  // Pipelines send any header and sign nothing; Harness Code signs.
  defaultAuth: "bearer",
  ...harnessSignature,
  deliveryId: () => null,
  eventName: ({ body }) => eventNameOf(glance(body)),
  keptHeaders: [
    "x-harness-trigger",
    "pushline-service",
    "pushline-environment",
    "pushline-repository",
    "pushline-revision",
    "pushline-version",
    "pushline-status",
  ],
  read: readHarness,
  guide: harnessGuide,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({
        eventData: {
          eventType: "PipelinePaused",
          planExecutionId: id,
          pipelineIdentifier: "pushline_test",
          startTs: Math.floor(at.getTime() / 1000),
        },
      }),
    ),
  }),
};
