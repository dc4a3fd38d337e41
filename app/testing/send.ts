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
  await until("every delivery is read and derived", 60_000, async () => {
    // The gauges of one answer are of different moments: what the first left behind, the second sees.
    return (await nothingWaits(url)) && (await nothingWaits(url));
  });
}

async function nothingWaits(url: string): Promise<boolean> {
  const response = await fetch(`${url}/metrics`, { headers: bearer });
  if (!response.ok) throw new Error(`/metrics: ${response.status} ${await response.text()}`);
  const text = await response.text();
  return ["pushline_deliveries_pending", "pushline_streams_dirty"].every((gauge) => {
    const value = new RegExp(`^${gauge}(?:\\{[^}]*\\})? (\\S+)`, "m").exec(text)?.[1];
    if (value === undefined) throw new Error(`/metrics has no ${gauge}.`);
    return Number(value) === 0;
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
