import { fluxGuide } from "@/lib/sources/flux/guide";
import { readFlux } from "@/lib/sources/flux/read";
import { fluxSignature } from "@/lib/sources/flux/signature";
import { glance } from "@/lib/sources/glance";
import { name, part } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const flux: Provider = {
  name: "flux",
  title: "Flux",
  defaultAuth: "signature",
  ...fluxSignature,
  // Flux numbers no event; the body, with its object, reason and time, stands for it.
  deliveryId: () => null,
  eventName: ({ headers, body }) => eventName(body) ?? (headers["gotk-component"] || "unknown"),
  keptHeaders: ["gotk-component"],
  read: readFlux,
  guide: fluxGuide,
  // An event of a source, which deploys nothing.
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "gotk-component": "pushline" },
    body: Buffer.from(
      JSON.stringify({
        involvedObject: {
          kind: "GitRepository",
          name: "pushline-test",
          namespace: "test",
          uid: id,
        },
        severity: "info",
        reason: "Test",
        message: "Sent by Pushline as a test.",
        timestamp: at.toISOString(),
      }),
    ),
  }),
};

function eventName(body: Uint8Array): string | null {
  const { involvedObject, reason } = glance(body);
  const kind = name(part(involvedObject).kind);
  return kind && name([kind, name(reason)].filter(Boolean).join("."));
}
