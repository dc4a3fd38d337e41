import { groupStatus } from "@/lib/sources/alert-group";
import { grafanaGuide } from "@/lib/sources/grafana/guide";
import { readGrafana } from "@/lib/sources/grafana/read";
import { signBody, verifySignature } from "@/lib/sources/grafana/signature";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";
import { timelessDeliveryId } from "@/lib/sources/timeless";

export const grafana: Provider = {
  name: "grafana",
  title: "Grafana",
  // It signs from version 12 on, where that is switched on.
  defaultAuth: "bearer",
  verify: verifySignature,
  sign: signBody,
  // Only groups and annotations with a time are told apart by their bodies.
  deliveryId: ({ body, receivedAt }) =>
    /"alerts"\s*:|"(time|when)"\s*:\s*\d/.test(beginning(body))
      ? null
      : timelessDeliveryId(body, receivedAt),
  eventName: ({ body }) => eventName(body),
  keptHeaders: ["user-agent"],
  read: readGrafana,
  guide: grafanaGuide,
  // A group of no alerts is read as ignored.
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "user-agent": "Pushline" },
    body: Buffer.from(
      JSON.stringify({
        receiver: "pushline-test",
        status: "resolved",
        alerts: [],
        version: "1",
        groupKey: `{}:{pushline_test="${id}"}`,
        message: `Sent by Pushline as a test at ${at.toISOString()}.`,
      }),
    ),
  }),
};

function eventName(body: Uint8Array): string {
  const start = beginning(body);
  if (/"alerts"\s*:/.test(start)) return `alerting.${groupStatus(body) ?? "unknown"}`;
  const state = /"state"\s*:\s*"([a-z_]{1,20})"/.exec(start)?.[1];
  return /"rule(Id|Name)"\s*:/.test(start) ? `legacy.${state ?? "unknown"}` : "annotation";
}
