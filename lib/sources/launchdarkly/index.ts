import { hmacInHeader } from "@/lib/sources/hmac";
import { launchdarklyGuide } from "@/lib/sources/launchdarkly/guide";
import { readLaunchdarkly } from "@/lib/sources/launchdarkly/read";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const launchdarkly: Provider = {
  name: "launchdarkly",
  title: "LaunchDarkly",
  defaultAuth: "signature",
  // HMAC-SHA256 of the raw body.
  ...hmacInHeader("x-ld-signature"),
  // The body holds the entry's id and time, so it stands for the delivery.
  deliveryId: () => null,
  eventName: ({ body }) => {
    const start = beginning(body);
    const kind = /"kind"\s*:\s*"([\w-]{1,40})"/.exec(start)?.[1] ?? "unknown";
    const action = /"(?:action|verbKind)"\s*:\s*"(\w{1,60})"/.exec(start)?.[1];
    return action ? `${kind}.${action}` : kind;
  },
  keptHeaders: [],
  read: readLaunchdarkly,
  guide: launchdarklyGuide,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({ _id: id, kind: "webhook", date: at.getTime(), name: "A test of Pushline" }),
    ),
  }),
};
