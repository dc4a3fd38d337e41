import { argocdGuide } from "@/lib/sources/argocd/guide";
import { argocdHistory } from "@/lib/sources/argocd/history";
import { readArgocd } from "@/lib/sources/argocd/read";
import type { Provider } from "@/lib/sources/reader";

export const argocd: Provider = {
  name: "argocd",
  title: "Argo CD",
  defaultAuth: "bearer",
  // Notifications are not numbered; the body stands for the delivery.
  deliveryId: () => null,
  eventName: () => "application",
  keptHeaders: ["user-agent"],
  read: readArgocd,
  history: argocdHistory,
  guide: argocdGuide,
  // An application that was never synced.
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "user-agent": "Pushline" },
    body: Buffer.from(
      JSON.stringify({
        app: { metadata: { name: "pushline-test", uid: id }, spec: {}, status: {} },
        context: { sentAt: at.toISOString() },
      }),
    ),
  }),
};
