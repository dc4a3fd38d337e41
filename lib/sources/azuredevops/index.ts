import { azureDevopsGuide } from "@/lib/sources/azuredevops/guide";
import { readAzureDevops } from "@/lib/sources/azuredevops/read";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const azureDevops: Provider = {
  name: "azuredevops",
  title: "Azure DevOps",
  defaultAuth: "basic",
  // No header says anything; the event's id and type stand before what it is about.
  deliveryId: ({ body }) =>
    /"id"\s*:\s*"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/.exec(beginning(body))?.[1] ?? null,
  eventName: ({ body }) =>
    /"eventType"\s*:\s*"([\w.-]{1,100})"/.exec(beginning(body))?.[1] ?? "unknown",
  keptHeaders: [],
  guide: azureDevopsGuide,
  read: readAzureDevops,
  // Azure DevOps' own samples tell of what never was; this event is one that it does not have.
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({ id, eventType: "test", publisherId: "pushline", createdDate: at }),
    ),
  }),
};
