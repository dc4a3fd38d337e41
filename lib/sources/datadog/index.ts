import { datadogGuide } from "@/lib/sources/datadog/guide";
import { readDatadog } from "@/lib/sources/datadog/read";
import { pathHeader } from "@/lib/sources/own-address";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";
import { timelessDeliveryId } from "@/lib/sources/timeless";

export const datadog: Provider = {
  name: "datadog",
  title: "Datadog",
  // Its webhooks sign nothing; they take headers of one's own.
  defaultAuth: "bearer",
  // A template without a date says the same words at every alert, and a patch says them of
  // whichever deployment its address names.
  deliveryId: ({ headers, body, receivedAt }) => {
    const path = headers[pathHeader];
    if (!path && /_at"|"\$?(date|last_updated|date_happened)"/i.test(beginning(body))) return null;
    return [timelessDeliveryId(body, receivedAt), path].filter(Boolean).join(" ");
  },
  eventName: ({ body }) => eventName(beginning(body)),
  keptHeaders: [pathHeader],
  read: readDatadog,
  guide: datadogGuide,
  // An event without a tag that says "deployment" is read as ignored.
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({
        title: "Sent by Pushline as a test.",
        text: id,
        tags: [],
        date_happened: Math.floor(at.getTime() / 1000),
      }),
    ),
  }),
};

function eventName(start: string): string {
  if (/"dora_deployment_patch_request"|"change_failure"/.test(start))
    return "api.dora-deployment-patch";
  if (/"services"\s*:/.test(start)) return "api.dora-failure";
  if (/"attributes"\s*:/.test(start)) return "api.dora-deployment";
  return /transition"|"(last_updated|event_type)"/i.test(start) ? "monitor" : "api.event";
}
