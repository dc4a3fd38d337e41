import { hmacHex, isHmacHex } from "@/lib/sources/hmac";
import { jiraGuide } from "@/lib/sources/jira/guide";
import { readJira } from "@/lib/sources/jira/read";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

const signatureHeader = "x-hub-signature";

export const jira: Provider = {
  name: "jira",
  title: "Jira",
  defaultAuth: "signature",
  // HMAC-SHA256 of the raw body, where the webhook was given a secret.
  verify: ({ headers, body }, secret) =>
    isHmacHex(/^sha256=(.+)$/.exec(headers[signatureHeader] ?? "")?.[1] ?? "", body, secret),
  sign: (body, secret) => ({ [signatureHeader]: `sha256=${hmacHex(body, secret)}` }),
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
