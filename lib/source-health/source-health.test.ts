import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testSource } from "@/lib/http/server/testing";
import { projectPending } from "@/lib/projection/project-deliveries";
import { type SettingsServer, settingsServer } from "@/lib/settings/testing";
import { sourceCollector } from "@/lib/telemetry/collect-sources";

let server: SettingsServer;
beforeAll(async () => {
  const names = ["hub", "silent", "early"];
  server = await settingsServer({ sources: names.map((name) => testSource({ name })) });
});
afterAll(() => server.close());

const health = async (name: string) => (await server.ask("GET", `/sources/${name}/health`)).body;
const secretOf = (name: string) =>
  server.context.config.sources.find((source) => source.name === name)?.secrets[0] ?? "";

async function post(source: string, event: string, body: object, secret: string): Promise<number> {
  const text = JSON.stringify(body);
  const signature = createHmac("sha256", secret).update(text).digest("hex");
  const response = await fetch(`${server.url}/api/webhooks/${source}`, {
    method: "POST",
    headers: { "x-github-event": event, "x-hub-signature-256": `sha256=${signature}` },
    body: text,
  });
  return response.status;
}

/** An hour of deliveries, hours ago. */
async function counted(source: string, hoursAgo: number): Promise<void> {
  const hour = new Date((Math.floor(Date.now() / 3_600_000) - hoursAgo) * 3_600_000);
  await sql`
    insert into source_hours (source, hour, accepted, last_at)
    values (${source}, ${hour}, 1, ${hour})`.execute(server.database.db);
}

it("tells what came of a source's deliveries, ignored ones by event and reason", async () => {
  expect(await health("hub")).toMatchObject({
    state: "waiting",
    lastDeliveryAt: null,
    clock: null,
  });
  expect(await post("hub", "ping", { zen: "calm" }, secretOf("hub"))).toBe(202);
  expect(await post("hub", "star", { action: "created" }, secretOf("hub"))).toBe(202);
  expect(await post("hub", "push", { ref: 7 }, secretOf("hub"))).toBe(202);
  expect((await health("hub")).pending).toBe(3);
  const gauge = (await sourceCollector()(server.context)).find(
    ({ name }) => name === "pushline_source_pending",
  );
  expect(gauge?.samples).toContainEqual({ suffix: "", labels: { source: "hub" }, value: 3 });
  await projectPending(server.context, 100);
  const told = await health("hub");
  expect(told.pending).toBe(0);
  expect(told.outcomes).toEqual(
    expect.arrayContaining([
      { event: "star", outcome: "ignored", reason: expect.stringMatching(/./), deliveries: 1 },
      { event: "push", outcome: "failed", reason: expect.stringMatching(/^\w+$/), deliveries: 1 },
    ]),
  );
  // A third of what came could not be read.
  expect(told).toMatchObject({ state: "failing", expectedBefore: null });
  expect(told.hours).toHaveLength(169);
  const sum = (name: string) =>
    told.hours.reduce((all: number, hour: Record<string, number>) => all + (hour[name] ?? 0), 0);
  expect([sum("ignored"), sum("failed"), sum("refused")]).toEqual([2, 1, 0]);
  expect((await server.ask("GET", "/sources")).body.items).toContainEqual(
    expect.objectContaining({ name: "hub", state: "failing" }),
  );
});

it("counts requests that do not prove themselves, and keeps none of them", async () => {
  for (const body of [{ a: 1 }, { a: 2 }, { a: 3 }])
    expect(await post("hub", "push", body, "guessed")).toBe(401);
  expect((await health("hub")).state).toBe("failing");
  await expect
    .poll(async () => (await health("hub")).hours.at(-1)?.refused, { timeout: 5_000 })
    .toBeGreaterThan(0);
  expect((await health("hub")).state).toBe("refused");
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from deliveries where source = 'hub'`.execute(server.database.db);
  expect(rows).toEqual([{ n: 3 }]);
  // Proving itself again ends it.
  expect(await post("hub", "ping", { zen: "again" }, secretOf("hub"))).toBe(202);
  await projectPending(server.context, 100);
  expect((await health("hub")).state).toBe("failing");
});

it("calls a source quiet once its own habit lets it be expected, on the page and as OpenMetrics", async () => {
  for (let hours = 10; hours < 28 * 24; hours++) await counted("silent", hours);
  const told = await health("silent");
  expect(told.state).toBe("quiet");
  expect(Date.parse(told.expectedBefore) - Date.parse(told.lastDeliveryAt)).toBe(3 * 3_600_000);
  const families = new Map(
    (await sourceCollector()(server.context)).map(({ name, samples }) => [name, samples]),
  );
  const states = families.get("pushline_source_state") ?? [];
  expect(states.filter(({ value }) => value === 1).map(({ labels }) => labels)).toEqual(
    expect.arrayContaining([
      { source: "silent", state: "quiet" },
      { source: "early", state: "waiting" },
    ]),
  );
  expect(families.get("pushline_source_expected_timestamp_seconds")).toEqual([
    { suffix: "", labels: { source: "silent" }, value: Date.parse(told.expectedBefore) / 1000 },
  ]);
});

it("tells how far before its arrival a delivery says it happened", async () => {
  const at = new Date(Date.now() + 60_000).toISOString();
  const deployment = { id: 1, sha: "a".repeat(40), environment: "production", created_at: at };
  const body = {
    deployment,
    deployment_status: { id: 2, state: "success", environment: "production", created_at: at },
    repository: { full_name: "acme/checkout" },
  };
  expect(await post("early", "deployment_status", body, secretOf("early"))).toBe(202);
  await projectPending(server.context, 100);
  const { clock } = await health("early");
  expect(clock.n).toBe(1);
  expect(clock.leastSeconds).toBeLessThan(-30);
  expect(clock.medianSeconds).toBe(clock.leastSeconds);
});

it("404 for a source that is not set up", async () => {
  expect((await server.ask("GET", "/sources/nobody/health")).status).toBe(404);
});
