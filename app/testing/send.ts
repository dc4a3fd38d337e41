import { token, until } from "@/lib/http/testing/instance";

export const bearer = { authorization: `Bearer ${token}` };

/** Native events, taken whole or not at all. */
export function sendEvents(url: string, events: Record<string, unknown>[]): Promise<void> {
  return post(`${url}/api/v1/events`, events);
}

/** An OTLP export. */
export function sendMetrics(url: string, body: Record<string, unknown>): Promise<void> {
  return post(`${url}/v1/metrics`, body);
}

export async function getAnswer<Answer>(url: string, path: string): Promise<Answer> {
  const response = await fetch(`${url}${path}`, { headers: bearer });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Until everything that was sent is shown: no delivery waits, no stream is behind. */
export async function settled(url: string): Promise<void> {
  await until("every delivery is read", 60_000, async () => {
    const pending = await getAnswer<{ items: unknown[] }>(
      url,
      "/api/v1/deliveries?outcome=pending&limit=1",
    );
    return pending.items.length === 0;
  });
}

async function post(address: string, body: unknown): Promise<void> {
  const response = await fetch(address, {
    method: "POST",
    headers: { ...bearer, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
}
