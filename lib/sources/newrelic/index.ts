import { newrelicGuide } from "@/lib/sources/newrelic/guide";
import { readNewrelic } from "@/lib/sources/newrelic/read";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const newrelic: Provider = {
  name: "newrelic",
  title: "New Relic",
  // It signs nothing; a destination takes a token, user and password, or headers.
  defaultAuth: "bearer",
  // An equal body is the same issue in the same state.
  deliveryId: () => null,
  eventName: ({ body }) => `incident.${stateOf(beginning(body)) ?? "unknown"}`,
  keptHeaders: [],
  read: readNewrelic,
  guide: newrelicGuide,
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({
        issueId: id,
        title: "Sent by Pushline as a test.",
        state: "test",
        createdAt: at.getTime(),
      }),
    ),
  }),
};

function stateOf(start: string): string | null {
  return /"(?:current_)?state"\s*:\s*"([a-z]{1,20})"/i.exec(start)?.[1]?.toLowerCase() ?? null;
}
