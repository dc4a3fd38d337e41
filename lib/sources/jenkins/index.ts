import { jenkinsGuide } from "@/lib/sources/jenkins/guide";
import { jenkinsHistory } from "@/lib/sources/jenkins/history";
import { readJenkins } from "@/lib/sources/jenkins/read";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const jenkins: Provider = {
  name: "jenkins",
  title: "Jenkins",
  // The Notification plugin knows an address and nothing else.
  defaultAuth: "path",
  // Phases are not numbered; the body stands for the delivery.
  deliveryId: () => null,
  eventName: ({ body }) => `build.${phaseOf(body) ?? "unknown"}`,
  keptHeaders: ["user-agent"],
  read: readJenkins,
  history: jenkinsHistory,
  guide: jenkinsGuide,
  // A phase of its own, which no build has.
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json", "user-agent": "Pushline" },
    body: Buffer.from(
      JSON.stringify({
        name: "pushline-test",
        build: { phase: "NONE", full_url: `pushline:test/${id}`, timestamp: at.getTime() },
      }),
    ),
  }),
};

function phaseOf(body: Uint8Array): string | undefined {
  return /"phase"\s*:\s*"([A-Z]{1,20})"/.exec(beginning(body))?.[1]?.toLowerCase();
}
