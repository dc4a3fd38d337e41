import { alertsRequest, githubRequest } from "@/scripts/demo/requests";
import { DemoError, sendOne, type Target, unreachable } from "@/scripts/demo/send";
import { organisation } from "@/scripts/demo/world";

/**
 * Finds out, before anything is sent, whether the instance is there and knows the
 * demo; answers whether it has deployments already.
 */
export async function checkInstance(target: Target, token: string): Promise<boolean> {
  try {
    await fetch(new URL("/healthz", target.url), { signal: AbortSignal.timeout(10_000) });
  } catch (error) {
    throw unreachable(target, error);
  }
  await sendOne(target, githubRequest({ event: "ping", body: pingBody }));
  await sendOne(target, alertsRequest(emptyGroup));
  const answer = await fetch(new URL("/api/v1/deployments?limit=1", target.url), {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(30_000),
  });
  if (answer.status === 401 || answer.status === 403)
    throw new DemoError(
      `${target.url} refuses the token (${answer.status}). Use the one of scripts/demo/pushline.yaml,\n` +
        "or say another with --token or PUSHLINE_TOKEN; it needs the scopes ingest and read.",
    );
  const page = (await answer.json().catch(() => null)) as { items?: unknown[] } | null;
  return answer.ok && (page?.items?.length ?? 0) > 0;
}

export function filledAlready(url: string): string {
  return (
    `${url} has deployments already, and a second history would run through the first.\n` +
    "Fill an empty instance (another PUSHLINE_DATA_DIR), or say --anyway;\n" +
    "the same --seed and --now send the same deliveries again, which changes nothing."
  );
}

const pingBody = {
  zen: "Half measures are as bad as nothing at all.",
  hook_id: 1,
  hook: { type: "Organization", id: 1, name: "web", active: true, events: ["*"] },
  organization: { login: organisation },
};

const emptyGroup = {
  receiver: "pushline",
  status: "resolved",
  alerts: [],
  groupLabels: {},
  commonLabels: {},
  commonAnnotations: {},
  externalURL: "http://alertmanager.example:9093",
  version: "4",
  groupKey: "{}:{}",
  truncatedAlerts: 0,
};
