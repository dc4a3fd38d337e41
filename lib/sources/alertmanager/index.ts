import { readAlertmanager } from "@/lib/sources/alertmanager/read";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const alertmanager: Provider = {
  name: "alertmanager",
  defaultAuth: "bearer",
  // Alertmanager numbers nothing; the body stands for the delivery.
  deliveryId: () => null,
  eventName: ({ body }) => `group.${groupStatus(body) ?? "unknown"}`,
  keptHeaders: ["user-agent"],
  read: readAlertmanager,
};

/** The group's status stands before its alerts, so the beginning of the body is enough. */
function groupStatus(body: Uint8Array): string | null {
  return /"status"\s*:\s*"(firing|resolved)"/.exec(beginning(body))?.[1] ?? null;
}
