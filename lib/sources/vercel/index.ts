import { glance } from "@/lib/sources/glance";
import { identifier, name } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";
import { vercelGuide } from "@/lib/sources/vercel/guide";
import { readVercel } from "@/lib/sources/vercel/read";
import { signBody, verifySignature } from "@/lib/sources/vercel/signature";

export const vercel: Provider = {
  name: "vercel",
  title: "Vercel",
  defaultAuth: "signature",
  verify: verifySignature,
  sign: signBody,
  deliveryId: ({ body }) => identifier(glance(body).id),
  eventName: ({ body }) => name(glance(body).type) ?? "unknown",
  keptHeaders: ["user-agent"],
  read: readVercel,
  guide: vercelGuide,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "user-agent": "Pushline" },
    body: Buffer.from(
      JSON.stringify({ id, type: "pushline.test", createdAt: at.getTime(), payload: {} }),
    ),
  }),
};
