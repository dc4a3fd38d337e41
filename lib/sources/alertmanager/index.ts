import { groupStatus, readAlertGroup } from "@/lib/sources/alert-group";
import { alertmanagerGuide } from "@/lib/sources/alertmanager/guide";
import { alertmanagerHistory } from "@/lib/sources/alertmanager/history";
import { answeredEvent } from "@/lib/sources/history";
import { payloadOf } from "@/lib/sources/payload";
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
  read: (input) =>
    readAlertGroup(input, payloadOf(input.body), answeredEvent(input) ? "api" : "group"),
  history: alertmanagerHistory,
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
