import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { TestServer } from "@/lib/http/server/testing";
import { type SettingsServer, settingsServer } from "@/lib/settings/testing";

let server: SettingsServer;
let other: TestServer;
beforeAll(async () => {
  server = await settingsServer();
  other = await server.another();
});
afterAll(() => server.close());

let sent = 0;
async function deliver(url: string, secret: string): Promise<number> {
  const body = JSON.stringify({ zen: `number ${sent++}` });
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const response = await fetch(`${url}/api/webhooks/hub`, {
    method: "POST",
    headers: { "x-github-event": "ping", "x-hub-signature-256": `sha256=${signature}` },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

/** Keeps delivering, several at a time, until told to stop; answers what came back. */
function keepDelivering(url: string, secret: string): { stop(): Promise<Record<number, number>> } {
  const statuses: Record<number, number> = {};
  let isOver = false;
  const senders = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      const status = await deliver(url, secret);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  });
  return {
    async stop() {
      isOver = true;
      await Promise.all(senders);
      return statuses;
    },
  };
}

const bound = { timeout: 20_000, interval: 10 };
const accepts = (url: string, secret: string) =>
  vi.waitUntil(async () => (await deliver(url, secret)) === 202, bound);
const refuses = (url: string, secret: string) =>
  vi.waitUntil(async () => (await deliver(url, secret)) === 401, bound);

it("a secret rotated under load refuses no delivery that is rightly signed, in any process", async () => {
  const first: string = (await server.ask("POST", "/sources", { name: "hub", provider: "github" }))
    .body.secret;
  await accepts(other.url, first);
  const old = [keepDelivering(server.url, first), keepDelivering(other.url, first)];
  await seen(20);

  const begun = await server.ask("POST", "/sources/hub/rotation", {});
  expect(begun).toMatchObject({ status: 200, body: { source: { secrets: 2 } } });
  const second: string = begun.body.secret;
  // Here it holds with the answer; the other process has it when it has heard.
  const fresh = [keepDelivering(server.url, second)];
  await accepts(other.url, second);
  fresh.push(keepDelivering(other.url, second));
  const third = await server.ask("POST", "/sources/hub/rotation", {});
  expect(third).toMatchObject({ status: 409, body: { code: "conflict" } });
  await seen(40);

  for (const sender of old) expect(Object.keys(await sender.stop())).toEqual(["202"]);
  const finished = await server.ask("DELETE", "/sources/hub/rotation");
  expect(finished).toMatchObject({ status: 200, body: { secrets: 1 } });
  expect(await deliver(server.url, first)).toBe(401);
  await refuses(other.url, first);
  await seen(40);
  for (const sender of fresh) expect(Object.keys(await sender.stop())).toEqual(["202"]);
  expect((await server.ask("DELETE", "/sources/hub/rotation")).status).toBe(409);

  const { n } = await server.database.db
    .selectFrom("audit")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("action", "like", "source.rotation%")
    .executeTakeFirstOrThrow();
  expect(n).toBe(2);
}, 120_000);

/** Lets so many more deliveries happen. */
async function seen(deliveries: number): Promise<void> {
  const until = sent + deliveries;
  await vi.waitUntil(() => sent >= until, bound);
}
