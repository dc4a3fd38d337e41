import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testSource } from "@/lib/http/server/testing";
import { projectPending } from "@/lib/projection/project-deliveries";
import { type SettingsServer, settingsServer } from "@/lib/settings/testing";
import { configurableProviders } from "@/lib/sources/registry";

let server: SettingsServer;
beforeAll(async () => {
  server = await settingsServer({ sources: [testSource({ name: "of-file" })] });
});
afterAll(() => server.close());

let sent = 0;
/** What the door says to GitHub's delivery signed with this secret. */
async function pings(source: string, secret: string): Promise<number> {
  const body = JSON.stringify({ zen: `number ${sent++}` });
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const response = await fetch(`${server.url}/api/webhooks/${source}`, {
    method: "POST",
    headers: { "x-github-event": "ping", "x-hub-signature-256": `sha256=${signature}` },
    body,
  });
  return response.status;
}
const add = (body: object) => server.ask("POST", "/sources", { provider: "github", ...body });
const listed = async (name: string) =>
  (await server.ask("GET", "/sources")).body.items.find(
    (source: { name: string }) => source.name === name,
  );

describe("GET /api/v1/providers", () => {
  it("says how each may prove itself, the usual way first", async () => {
    const { items } = (await server.ask("GET", "/providers")).body;
    const named = (name: string) => items.find((item: { name: string }) => item.name === name);
    expect(named("github")).toMatchObject({
      title: "GitHub",
      auths: ["signature", "bearer", "basic", "header", "path"],
      canTest: true,
      icon: { path: expect.stringMatching(/^M/), viewBox: "0 0 24 24" },
    });
    expect(named("alertmanager").auths).toEqual(["bearer", "basic", "header", "path"]);
    expect(named("native").canTest).toBe(false);
    expect(named("netlify")).toMatchObject({
      offers: ["signature", "path"],
      auths: ["signature", "bearer", "basic", "header", "path"],
      makesSecret: false,
    });
    expect(named("alertmanager").offers).toEqual(named("alertmanager").auths);
    const making = items.filter(({ makesSecret }: { makesSecret: boolean }) => makesSecret);
    expect(making.map(({ name }: { name: string }) => name).toSorted()).toEqual([
      "incidentio",
      "pagerduty",
      "sentry",
      "vercel",
    ]);
    expect(named("pushline")).toBeUndefined();
    const titles = items.map(({ title }: { title: string }) => title);
    expect(titles).toEqual(titles.toSorted((a: string, b: string) => a.localeCompare(b, "en")));
  });
});

describe("GET /api/v1/providers/{name}", () => {
  it("says what to do on its side by each way of proof, with marks for what is the source's", async () => {
    const { status, body } = await server.ask("GET", "/providers/alertmanager");
    expect(status).toBe(200);
    expect(body.ways.map(({ auth }: { auth: string }) => auth)).toEqual([
      "bearer",
      "basic",
      "header",
      "path",
    ]);
    expect(JSON.stringify(body.ways[0])).toContain("{{pushline.address}}");
    expect(JSON.stringify(body.ways[0])).toContain("{{pushline.secret}}");
  });

  it("404 for one that no source may be of", async () => {
    expect((await server.ask("GET", "/providers/pushline")).status).toBe(404);
  });
});

describe("POST /api/v1/sources", () => {
  it("201 with a secret that is shown once, sealed, and proves deliveries at once", async () => {
    const { status, body } = await add({ name: "hub" });
    expect(status).toBe(201);
    expect(body.secret).toMatch(/^[\w-]{43}$/);
    expect(body.source).toMatchObject({
      name: "hub",
      title: "GitHub",
      auth: "signature",
      address: "/api/webhooks/hub",
      secrets: 1,
      provisioned: false,
      lastDelivery: null,
      deliveries24h: 0,
    });
    expect(await pings("hub", body.secret)).toBe(202);
    expect(await pings("hub", "another")).toBe(401);
    const stored = await sql<{ all: string }>`
      select concat((select json_agg(s) from configured_sources s),
        (select string_agg(encode(sealed, 'escape'), ' ')
         from configured_sources, unnest(sealed_secrets) as sealed),
        (select json_agg(a) from audit a)) as all`.execute(server.database.db);
    expect(stored.rows[0]?.all).toContain("source.added");
    expect(stored.rows[0]?.all).not.toContain(body.secret);
    expect(JSON.stringify(await server.ask("GET", "/sources"))).not.toContain(body.secret);
  });

  it("tells how a source fares", async () => {
    expect(await listed("hub")).toMatchObject({
      deliveries24h: 1,
      failed24h: 0,
      lastDelivery: { event: "ping", outcome: "pending", error: null },
    });
  });

  it.each([
    [{ provider: "alertmanager" }, {}, "bearer"],
    [{ provider: "alertmanager", username: "ci" }, { username: "ci" }, "basic"],
    [{ auth: "header", header: "X-Token" }, { header: "x-token" }, "header"],
    [{ auth: "path" }, {}, "path"],
    [{ secret: "made elsewhere" }, {}, "signature"],
  ])("201 for %j", async (body, expected, auth) => {
    const answer = await add({ name: `source-${sent++}`, ...body });
    expect(answer).toMatchObject({ status: 201, body: { source: { ...expected, auth } } });
  });

  it.each([
    [{ provider: "alertmanager", auth: "signature" }, "auth"],
    [{ provider: "carrier-pigeon" }, "provider"],
    [{ provider: "pushline" }, "provider"],
    [{ auth: "basic" }, "username"],
    [{ auth: "header" }, "header"],
    [{ auth: "bearer", header: "x-token" }, "header"],
    [{ auth: "header", header: "not a header" }, "header"],
    [{ auth: "handshake" }, "auth"],
    [{ name: "with a space" }, "name"],
    [{ name: "../events" }, "name"],
    [{ secret: "" }, "secret"],
    [{ secrets: ["a"] }, "body"],
  ])("400 for %j, as pushline.yaml would be refused", async (body, field) => {
    const answer = await add({ name: "refused", ...body });
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_field", field } });
    expect(await listed("refused")).toBeUndefined();
  });

  it.each(["hub", "of-file", "pipeline"])("409 for the name %s, which facts bear", async (name) => {
    expect(await add({ name })).toMatchObject({ status: 409, body: { code: "name_taken" } });
  });

  it("refuses the name under which people's words are kept", async () => {
    expect((await add({ name: "pushline" })).status).toBe(400);
  });
});

describe("PUT /api/v1/sources/{name}", () => {
  it("200 with another way of proving, by the same secret", async () => {
    const { secret } = (await add({ name: "changing" })).body;
    const change = (body: object) => server.ask("PUT", "/sources/changing", body);
    expect(await change({ auth: "basic" })).toMatchObject({
      status: 400,
      body: { field: "username" },
    });
    expect((await change({ auth: "basic", username: "ci" })).body).toMatchObject({
      auth: "basic",
      username: "ci",
    });
    const authorization = `Basic ${Buffer.from(`ci:${secret}`).toString("base64")}`;
    const response = await fetch(`${server.url}/api/webhooks/changing`, {
      method: "POST",
      headers: { authorization },
      body: "{}",
    });
    expect(response.status).toBe(202);
    expect((await change({ auth: "signature" })).body).toMatchObject({ username: null });
    expect(await pings("changing", secret)).toBe(202);
  });
});

describe("a source of pushline.yaml", () => {
  it("is listed as such and 409 for every change", async () => {
    expect(await listed("of-file")).toMatchObject({ provisioned: true, createdAt: null });
    for (const [method, path, body] of [
      ["PUT", "/sources/of-file", { auth: "path" }],
      ["POST", "/sources/of-file/rotation", {}],
      ["DELETE", "/sources/of-file/rotation", undefined],
      ["DELETE", "/sources/of-file", undefined],
    ] as const)
      expect(await server.ask(method, path, body)).toMatchObject({
        status: 409,
        body: { code: "provisioned" },
      });
    expect(await pings("of-file", "current-secret")).toBe(202);
  });
});

describe("DELETE /api/v1/sources/{name}", () => {
  it("200, takes nothing more, keeps no secret, and comes back by its name alone", async () => {
    const { secret } = (await add({ name: "leaving" })).body;
    expect(await pings("leaving", secret)).toBe(202);
    expect((await server.ask("DELETE", "/sources/leaving")).status).toBe(200);
    expect(await pings("leaving", secret)).toBe(404);
    expect(await listed("leaving")).toBeUndefined();
    expect((await server.ask("DELETE", "/sources/leaving")).status).toBe(404);
    const row = await server.database.db
      .selectFrom("configured_sources")
      .select("sealed_secrets")
      .where("name", "=", "leaving")
      .executeTakeFirst();
    expect(row?.sealed_secrets).toEqual([]);

    const other = await add({ name: "leaving", provider: "alertmanager" });
    expect(other).toMatchObject({ status: 409, body: { code: "name_taken" } });
    const token = await server.ask("POST", "/tokens", { name: "leaving", scopes: ["ingest"] });
    expect(token).toMatchObject({ status: 409, body: { code: "name_taken" } });
    const again = await add({ name: "leaving" });
    expect(again.status).toBe(201);
    expect(await pings("leaving", secret)).toBe(401);
    expect(await pings("leaving", again.body.secret)).toBe(202);
    expect(await listed("leaving")).toMatchObject({ deliveries24h: 2 });
  });
});

it("409 for DELETE while a token sends in the source's name", async () => {
  await add({ name: "lent" });
  const reach = { kind: "source", name: "lent" };
  const token = await server.ask("POST", "/tokens", { name: "lender", scopes: ["ingest"], reach });
  const refused = await server.ask("DELETE", "/sources/lent");
  expect(refused).toMatchObject({ status: 409, body: { code: "conflict" } });
  expect(refused.body.detail).toContain("lender");
  await server.ask("DELETE", `/tokens/${token.body.token.id}`);
  expect((await server.ask("DELETE", "/sources/lent")).status).toBe(200);
});

describe("POST /api/v1/sources/{name}/test", () => {
  const ways = configurableProviders
    .filter(({ testDelivery }) => testDelivery)
    .flatMap(({ name, sign }) =>
      (["signature", "bearer", "basic", "header", "path"] as const)
        .filter((auth) => auth !== "signature" || sign)
        .map((auth) => [name, auth] as const),
    );

  it.each(ways)("a test of %s by %s is taken, and no fact comes of it", async (provider, auth) => {
    const name = `test-${provider}-${auth}`;
    const more = {
      ...(auth === "basic" && { username: "ci" }),
      ...(auth === "header" && { header: "x-token" }),
    };
    expect((await add({ name, provider, auth, ...more })).body.source.canTest).toBe(true);
    const before = await factCount();
    for (let time = 0; time < 2; time += 1) {
      const { status, body } = await server.ask("POST", `/sources/${name}/test`);
      expect([status, body.outcome]).toEqual([200, "accepted"]);
      while ((await projectPending(server.context, 100)).seen > 0);
      const delivery = await server.ask("GET", `/deliveries/${body.delivery}`);
      expect(delivery.body).toMatchObject({ source: name, outcome: "ignored", facts: [] });
    }
    expect(await factCount()).toBe(before);
  });

  it("409 where Pushline cannot send in the provider's name, 404 for no source", async () => {
    await add({ name: "events", provider: "native" });
    expect((await server.ask("POST", "/sources/events/test")).status).toBe(409);
    expect((await server.ask("POST", "/sources/nobody/test")).status).toBe(404);
  });

  async function factCount(): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*) as n from statements`.execute(
      server.database.db,
    );
    return rows[0]?.n ?? 0;
  }
});
