import { deploymentHref } from "@/app/_deployments/naming";
import { incidentHref } from "@/app/_incidents/naming";
import type { DeliveryAnswer } from "@/lib/http/fact-answers";

export function deliveryHref(id: string): string {
  return `/deliveries/${encodeURIComponent(id)}`;
}

/** The page of what a delivery told; null where that kind has none. */
export function factHref({ type, id }: DeliveryAnswer["facts"][number]): string | null {
  if (type === "deployment") return deploymentHref(id);
  return type === "incident" ? incidentHref(id) : null;
}

/** `test_run` → `test run`. */
export function factName(type: DeliveryAnswer["facts"][number]["type"]): string {
  return type.replaceAll("_", " ");
}
