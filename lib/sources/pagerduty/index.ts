import { glance } from "@/lib/sources/glance";
import { pagerdutyGuide } from "@/lib/sources/pagerduty/guide";
import { pagerdutyHistory } from "@/lib/sources/pagerduty/history";
import { readPagerduty } from "@/lib/sources/pagerduty/read";
import { signBody, verifySignature } from "@/lib/sources/pagerduty/signature";
import { beginning, identifier, part } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const pagerduty: Provider = {
  name: "pagerduty",
  title: "PagerDuty",
  defaultAuth: "signature",
  verify: verifySignature,
  sign: signBody,
  // The event's own id, the same on every retry and signed, as the header is not; V2 has neither.
  deliveryId: ({ headers, body }) =>
    identifier(part(glance(body).event).id) ?? (headers["x-webhook-id"] || null),
  eventName: ({ body }) => eventName(beginning(body)),
  keptHeaders: ["x-webhook-id", "x-webhook-subscription"],
  read: readPagerduty,
  history: pagerdutyHistory,
  guide: pagerdutyGuide,
  // What PagerDuty itself sends to try a subscription; it is read as ignored.
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "x-webhook-id": id },
    body: Buffer.from(
      JSON.stringify({
        event: {
          id,
          event_type: "pagey.ping",
          resource_type: "pagey",
          occurred_at: at.toISOString(),
          agent: null,
          client: null,
          data: { message: "Sent by Pushline as a test.", type: "ping" },
        },
      }),
    ),
  }),
};

function eventName(start: string): string {
  const told = /"event_type"\s*:\s*"([a-z_.]{1,80})"/.exec(start)?.[1];
  const older = /"messages"\s*:\s*\[\s*\{\s*"event"\s*:\s*"([a-z_.]{1,80})"/.exec(start)?.[1];
  return told ?? (older ? `v2.${older}` : /"payload"\s*:/.test(start) ? "change_event" : "unknown");
}
