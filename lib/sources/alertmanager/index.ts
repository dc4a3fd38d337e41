import { alertmanagerGuide } from "@/lib/sources/alertmanager/guide";
import { readAlertmanager } from "@/lib/sources/alertmanager/read";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const alertmanager: Provider = {
  name: "alertmanager",
  title: "Alertmanager",
  guide: alertmanagerGuide,
  defaultAuth: "bearer",
  // Alertmanager numbers nothing; the body stands for the delivery.
  deliveryId: () => null,
  eventName: ({ body }) => `group.${groupStatus(body) ?? "unknown"}`,
  keptHeaders: ["user-agent"],
  read: readAlertmanager,
  // A group of no alerts is read as ignored: any alert in it, a resolved one too, would be a fact.
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "user-agent": "Pushline" },
    body: Buffer.from(
      JSON.stringify({
        version: "4",
        groupKey: `{}:{pushline_test="${id}"}`,
        truncatedAlerts: 0,
        status: "resolved",
        receiver: "pushline-test",
        groupLabels: { pushline_test: id },
        commonLabels: {},
        commonAnnotations: { summary: `Sent by Pushline as a test at ${at.toISOString()}.` },
        externalURL: "",
        alerts: [],
      }),
    ),
  }),
};

/** The group's status stands before its alerts, so the beginning of the body is enough. */
function groupStatus(body: Uint8Array): string | null {
  return /"status"\s*:\s*"(firing|resolved)"/.exec(beginning(body))?.[1] ?? null;
}
