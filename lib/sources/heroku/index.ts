import { glance } from "@/lib/sources/glance";
import { herokuGuide } from "@/lib/sources/heroku/guide";
import { isForm, readHeroku } from "@/lib/sources/heroku/read";
import { signBody, verifySignature } from "@/lib/sources/heroku/signature";
import { identifier, name, part } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const heroku: Provider = {
  name: "heroku",
  title: "Heroku",
  defaultAuth: "signature",
  verify: verifySignature,
  sign: signBody,
  // An attempt has an id of its own; the delivery keeps its.
  deliveryId: ({ body }) => identifier(part(part(glance(body).webhook_metadata).delivery).id),
  eventName: ({ headers, body }) => {
    if (isForm(headers)) return "deploy-hook";
    const { resource, action } = glance(body);
    return `${name(resource) ?? "unknown"}.${name(action) ?? "unknown"}`;
  },
  keptHeaders: ["user-agent"],
  read: readHeroku,
  guide: herokuGuide,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "user-agent": "Pushline" },
    body: Buffer.from(
      JSON.stringify({
        action: "create",
        resource: "pushline-test",
        created_at: at.toISOString(),
        webhook_metadata: { delivery: { id } },
      }),
    ),
  }),
};
