import { azureAppServiceGuide } from "@/lib/sources/azure-app-service/guide";
import { readAppService } from "@/lib/sources/azure-app-service/read";
import { glance } from "@/lib/sources/glance";
import { name } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const azureAppService: Provider = {
  name: "azure-app-service",
  title: "Azure App Service",
  // A hook of Kudu knows an address and nothing else.
  defaultAuth: "path",
  deliveryId: () => null,
  eventName: ({ body }) => `deploy.${name(glance(body).status)?.toLowerCase() ?? "unknown"}`,
  keptHeaders: ["user-agent"],
  read: readAppService,
  guide: azureAppServiceGuide,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "user-agent": "Pushline" },
    body: Buffer.from(
      JSON.stringify({
        id,
        siteName: "pushline-test",
        status: "test",
        complete: true,
        endTime: at.toISOString(),
      }),
    ),
  }),
};
