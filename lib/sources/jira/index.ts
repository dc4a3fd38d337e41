import { hubSignature } from "@/lib/sources/hub-signature";
import { jiraGuide } from "@/lib/sources/jira/guide";
import { readJira } from "@/lib/sources/jira/read";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const jira: Provider = {
  name: "jira",
  title: "Jira",
  defaultAuth: "signature",
  // HMAC-SHA256 of the raw body, where the webhook was given a secret.
  ...hubSignature,
  // The same on every retry.
  deliveryId: ({ headers }) => headers["x-atlassian-webhook-identifier"] || null,
  eventName: ({ body }) =>
    /"webhookEvent"\s*:\s*"(?:jira:)?([\w:-]{1,60})"/.exec(beginning(body))?.[1] ?? "unknown",
  keptHeaders: ["x-atlassian-webhook-identifier"],
  read: readJira,
  guide: jiraGuide,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "x-atlassian-webhook-identifier": id },
    body: Buffer.from(JSON.stringify({ timestamp: at.getTime(), webhookEvent: "pushline_test" })),
  }),
};
