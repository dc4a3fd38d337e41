import { firehydrantGuide } from "@/lib/sources/firehydrant/guide";
import { readFirehydrant } from "@/lib/sources/firehydrant/read";
import { hmacInHeader } from "@/lib/sources/hmac";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const firehydrant: Provider = {
  name: "firehydrant",
  title: "FireHydrant",
  defaultAuth: "signature",
  // HMAC-SHA256 of the raw body.
  ...hmacInHeader("fh-signature"),
  // The body holds the incident whole, with the time of its last change.
  deliveryId: () => null,
  eventName: ({ body }) => {
    const type = /"resource_type"\s*:\s*"(\w{1,40})"/.exec(beginning(body))?.[1];
    return type?.toLowerCase() ?? "incident";
  },
  keptHeaders: [],
  read: readFirehydrant,
  guide: firehydrantGuide,
  testDelivery: (id) => ({
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({
        event: { operation: "CREATED", resource_type: "pushline_test" },
        data: { pushline_test: { id } },
      }),
    ),
  }),
};
