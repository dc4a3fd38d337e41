import { hmacInHeader } from "@/lib/sources/hmac";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";
import { sentryGuide } from "@/lib/sources/sentry/guide";
import { readSentry } from "@/lib/sources/sentry/read";

export const sentry: Provider = {
  name: "sentry",
  title: "Sentry",
  defaultAuth: "signature",
  // HMAC-SHA256 of the raw body with the integration's client secret.
  ...hmacInHeader("sentry-hook-signature"),
  deliveryId: ({ headers }) => headers["request-id"] || null,
  eventName: ({ headers, body }) => {
    const action = /"action"\s*:\s*"([a-z_]{1,40})"/.exec(beginning(body))?.[1];
    return [headers["sentry-hook-resource"] || "unknown", action].filter(Boolean).join(".");
  },
  keptHeaders: ["sentry-hook-resource", "sentry-hook-timestamp", "request-id"],
  read: readSentry,
  guide: sentryGuide,
  testDelivery: (id) => ({
    headers: {
      "content-type": "application/json",
      "sentry-hook-resource": "installation",
      "request-id": id,
    },
    body: Buffer.from(
      JSON.stringify({ action: "created", data: { message: "Sent by Pushline as a test." } }),
    ),
  }),
};
