import { glance } from "@/lib/sources/glance";
import { kubernetesGuide } from "@/lib/sources/kubernetes/guide";
import { deliveryIdOf, eventIn, readKubernetes } from "@/lib/sources/kubernetes/read";
import { name } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const kubernetes: Provider = {
  name: "kubernetes",
  title: "Kubernetes events",
  defaultAuth: "bearer",
  deliveryId: ({ body }) => deliveryIdOf(eventIn(glance(body))),
  eventName: ({ body }) => {
    const { type, reason } = eventIn(glance(body));
    return `${name(type) ?? "unknown"}.${name(reason) ?? "unknown"}`;
  },
  keptHeaders: ["user-agent"],
  read: readKubernetes,
  guide: kubernetesGuide,
  // A normal event, which warns of nothing.
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "user-agent": "Pushline" },
    body: Buffer.from(
      JSON.stringify({
        kind: "Event",
        type: "Normal",
        reason: "Test",
        message: "Sent by Pushline as a test.",
        metadata: { name: "pushline-test", uid: id },
        involvedObject: { kind: "Pod", name: "pushline-test" },
        count: 1,
        firstTimestamp: at.toISOString(),
        lastTimestamp: at.toISOString(),
      }),
    ),
  }),
};
