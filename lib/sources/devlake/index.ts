import { createHash } from "node:crypto";
import { devlakeGuide } from "@/lib/sources/devlake/guide";
import { closedIssue } from "@/lib/sources/devlake/path";
import { readDevlake } from "@/lib/sources/devlake/read";
import { pathHeader } from "@/lib/sources/own-address";
import { beginning } from "@/lib/sources/payload";
import type { DeliveryInput, Provider } from "@/lib/sources/reader";
import { receiptPeriod } from "@/lib/sources/timeless";

export const devlake: Provider = {
  name: "devlake",
  title: "Apache DevLake webhook",
  guide: devlakeGuide,
  defaultAuth: "bearer",
  deliveryId: ({ headers, body, receivedAt }) => {
    const path = headers[pathHeader] ?? "";
    const digest = createHash("sha256").update(body).digest("hex");
    const period = saysWhich(body) ? [] : [receiptPeriod(receivedAt)];
    return JSON.stringify([path, digest, ...period]);
  },
  eventName: (input) => eventName(input),
  keptHeaders: [pathHeader],
  read: readDevlake,
  // An issue that is no incident is read as ignored.
  testDelivery: (id, at) => ({
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({
        issueKey: id,
        title: "Sent by Pushline as a test.",
        type: "PUSHLINE_TEST",
        status: "DONE",
        originalStatus: "done",
        createdDate: at.toISOString(),
      }),
    ),
  }),
};

/** An empty body closes an issue, which may happen again; so may a deployment without id and start. */
function saysWhich(body: Uint8Array): boolean {
  return /"(pipeline_id|id|start_time|startedDate|issue_?key)"\s*:/i.test(beginning(body));
}

function eventName({ headers, body }: Pick<DeliveryInput, "headers" | "body">): string {
  if (closedIssue({ headers })) return "issue.close";
  const start = beginning(body);
  if (/"issue_?key"\s*:/i.test(start)) return "issue";
  return /commit_?sha"\s*:/i.test(start) ? "deployment" : "unknown";
}
