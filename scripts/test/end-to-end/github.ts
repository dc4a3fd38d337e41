import { createHash, createHmac, randomUUID } from "node:crypto";

/** Where GitHub delivers, and with what it signs. */
export interface Webhook {
  url: string;
  secret: string;
}

export interface Shipped {
  id: number;
  repository: string;
  version: string;
  startedAt: number;
  finishedAt: number;
}

/** A revision of forty digits for a version. */
export const revisionOf = (version: string) => createHash("sha1").update(version).digest("hex");

/** The three deliveries by which GitHub tells of one deployment to production that went well. */
export async function deliverDeployment(webhook: Webhook, shipped: Shipped): Promise<void> {
  const about = {
    deployment: {
      id: shipped.id,
      sha: revisionOf(shipped.version),
      ref: "main",
      task: "deploy",
      environment: "production",
      payload: { version: shipped.version },
      created_at: secondsOf(shipped.startedAt),
      creator: { login: "ana" },
    },
    repository: { full_name: shipped.repository },
  };
  const status = (state: string, number: number, at: number) => ({
    action: "created",
    deployment_status: {
      id: shipped.id * 10 + number,
      state,
      environment: "production",
      created_at: secondsOf(at),
    },
    ...about,
  });
  await deliver(webhook, "deployment", { action: "created", ...about });
  await deliver(webhook, "deployment_status", status("in_progress", 1, shipped.startedAt));
  await deliver(webhook, "deployment_status", status("success", 2, shipped.finishedAt));
}

async function deliver({ url, secret }: Webhook, event: string, payload: object): Promise<void> {
  const body = JSON.stringify(payload);
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    },
  });
  if (response.status !== 202)
    throw new Error(`${event}: ${response.status} ${await response.text()}`);
}

/** GitHub tells whole seconds. */
const secondsOf = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;
