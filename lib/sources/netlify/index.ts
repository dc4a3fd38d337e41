import { glance } from "@/lib/sources/glance";
import { netlifyGuide } from "@/lib/sources/netlify/guide";
import { readNetlify } from "@/lib/sources/netlify/read";
import { signBody, verifySignature } from "@/lib/sources/netlify/signature";
import { identifier, name } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const netlify: Provider = {
  name: "netlify",
  title: "Netlify",
  defaultAuth: "signature",
  verify: verifySignature,
  sign: signBody,
  // A deploy is in each state once, so a second delivery of one is the same; it may be published again often.
  deliveryId: ({ headers, body }) => {
    const { id, state, published_at } = glance(body);
    const [event, deploy] = [headers["x-netlify-event"] ?? "deploy", identifier(id)];
    const which = event === "deploy_restored" ? name(published_at) : (name(state) ?? "");
    return deploy && which !== null ? `${event}:${deploy}:${which}` : null;
  },
  eventName: ({ headers }) => headers["x-netlify-event"] || "deploy",
  keptHeaders: ["x-netlify-event"],
  read: readNetlify,
  guide: netlifyGuide,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "x-netlify-event": "pushline_test" },
    body: Buffer.from(JSON.stringify({ id, state: "test", created_at: at.toISOString() })),
  }),
};
