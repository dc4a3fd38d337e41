import { azureDevopsGuide } from "@/lib/sources/azuredevops/guide";
import { readAzureDevops } from "@/lib/sources/azuredevops/read";
import { glance } from "@/lib/sources/glance";
import { beginning, identifier } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const azureDevops: Provider = {
  name: "azuredevops",
  title: "Azure DevOps",
  defaultAuth: "basic",
  // No header says it; the body's own id alone, since what it is about has ids that come again.
  deliveryId: ({ body }) => identifier(glance(body).id),
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
