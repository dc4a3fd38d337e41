import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearer, type TestServer, testServer, testSource } from "@/lib/http/server/testing";
import { settleAll } from "@/lib/projection/testing";
import { providerNamed } from "@/lib/sources/registry";
import { deliveryOf } from "@/lib/sources/testing/fixtures";

let server: TestServer;
beforeAll(async () => {
  server = await testServer({
    sources: [
      testSource({ name: "lake", provider: "devlake", auth: "bearer", secrets: ["lake-secret"] }),
      testSource({ name: "marks", provider: "grafana", auth: "bearer", secrets: ["marks-secret"] }),
      testSource({
        name: "graphs",
        provider: "graphite",
        auth: "basic",
        username: "ci",
        secrets: ["graphs-secret"],
      }),
      testSource({ name: "dora", provider: "datadog", auth: "bearer", secrets: ["dora-secret"] }),
      testSource({ name: "apps", provider: "pelorus", secrets: ["apps-secret"] }),
    ],
  });
});
afterAll(() => server.close());

const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
});

async function post(path: string, body: unknown, headers: Record<string, string>) {
  const sent = body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body);
  const response = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: sent }),
  });
  const text = await response.text();
  return { status: response.status, text, json: text.startsWith("{") ? JSON.parse(text) : null };
}

const delivered = (source: string) =>
  server.database.db
    .selectFrom("deliveries")
    .select(["id", "provider", "event", "outcome", "headers", "body"])
    .where("source", "=", source)
    .orderBy("id")
    .execute();

describe("POST /api/annotations", () => {
  const annotation = {
    dashboardUID: "jcIIG-07z",
    time: 1_507_037_197_339,
    timeEnd: 1_507_037_257_339,
    tags: ["deploy", "service:checkout", "environment:production"],
    text: "checkout 2.1",
  };

  it("200 as Grafana answers, by the secret of a source of Grafana, and it becomes a deployment", async () => {
    const answer = await post("/api/annotations", annotation, {
      authorization: "Bearer marks-secret",
    });
    expect(answer).toMatchObject({ status: 200, json: { message: "Annotation added" } });
    const [stored] = await delivered("marks");
    expect(stored).toMatchObject({ id: answer.json.id, provider: "grafana", event: "annotation" });
    expect(JSON.stringify(stored?.headers)).not.toContain("secret");
    await settleAll(server.context);
    const facts = await server.database.db
      .selectFrom("deployments")
      .select(["service", "environment", "status"])
      .where("source", "=", "marks")
      .execute();
    expect(facts).toEqual([
      { service: "checkout", environment: "production", status: "succeeded" },
    ]);
  });

  it.each([
    ["a token", bearer("sender")],
    ["a token as the password of any user", basic("api_key", "ingest-only-token")],
  ])("200 by %s, whose source it then is", async (_how, headers) => {
    const before = (await delivered("sender")).length;
    const answer = await post("/api/annotations", { ...annotation, text: _how }, headers);
    expect(answer.status).toBe(200);
    expect(await delivered("sender")).toHaveLength(before + 1);
  });

  it("200 in Graphite's words, and 200 again for a repeat, with the same id", async () => {
    const event = { what: "deploy", tags: ["deploy"], when: 1_467_844_481 };
    const send = () => post("/api/annotations/graphite", event, bearer("sender"));
    const first = await send();
    expect(first).toMatchObject({ status: 200, json: { message: "Graphite annotation added" } });
    expect((await send()).json.id).toBe(first.json.id);
  });

  it.each([
    ["no proof", {}, 401],
    ["another secret", { authorization: "Bearer guessed" }, 401],
    ["the secret of another tool's source", { authorization: "Bearer lake-secret" }, 401],
    ["a token that may not send", bearer("reader"), 403],
  ])("refuses %s", async (_what, headers, status) => {
    expect((await post("/api/annotations", annotation, headers)).status).toBe(status);
  });

  it("415 and 413 as every door, and gzip is opened", async () => {
    const zipped = gzipSync(JSON.stringify({ ...annotation, text: "zipped" }));
    const gzip = { ...bearer("sender"), "content-encoding": "gzip" };
    expect((await post("/api/annotations", zipped, gzip)).status).toBe(200);
    const brotli = { ...bearer("sender"), "content-encoding": "br" };
    expect((await post("/api/annotations", annotation, brotli)).status).toBe(415);
    const large = Buffer.alloc(25 * 1024 * 1024 + 1, " ");
    expect((await post("/api/annotations", large, bearer("sender"))).status).toBe(413);
  });

  it("405 for other methods, with those that it knows", async () => {
    const response = await fetch(`${server.url}/api/annotations`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("POST /events/", () => {
  it.each(["/events/", "/events"])(
    "200 with an empty body at %s, by user and password",
    async (path) => {
      const { body } = deliveryOf("graphite", "event.deploy.1.json");
      const answer = await post(path, body, basic("ci", "graphs-secret"));
      expect(answer).toMatchObject({ status: 200, text: "" });
      expect(await delivered("graphs")).toMatchObject([{ provider: "graphite", event: "event" }]);
    },
  );

  it("401 for another user", async () => {
    expect((await post("/events/", {}, basic("ci2", "graphs-secret"))).status).toBe(401);
  });
});

describe("Datadog's DORA API", () => {
  const { body } = deliveryOf("datadog", "api.dora-deployment.1.json");
  const key = { "dd-api-key": "dora-secret" };
  const deployment = async () => {
    await settleAll(server.context);
    return server.database.db
      .selectFrom("deployments")
      .select(["service", "environment", "declared_failed", "started_at"])
      .where("source", "=", "dora")
      .execute();
  };

  it("202 with an id, by DD-API-KEY; a patch of that id marks that deployment", async () => {
    const answer = await post("/api/v2/dora/deployment", body, key);
    expect(answer).toMatchObject({
      status: 202,
      json: { data: { id: expect.stringMatching(/^\w+$/), type: "dora_deployment" } },
    });
    const deployed = { service: "shopist", environment: "staging" };
    expect(await deployment()).toMatchObject([{ ...deployed, declared_failed: null }]);
    const patch = await fetch(`${server.url}/api/v2/dora/deployments/${answer.json.data.id}`, {
      method: "PATCH",
      headers: { ...key, "content-type": "application/json" },
      body: Buffer.from(deliveryOf("datadog", "api.dora-deployment-patch.1.json").body),
    });
    expect([patch.status, await patch.text()]).toEqual([202, ""]);
    expect(await deployment()).toMatchObject([{ ...deployed, declared_failed: true }]);
  });

  it.each(["failure", "incident"])("202 for a %s, by a token as the key", async (what) => {
    const failure = deliveryOf("datadog", "api.dora-failure.1.json").body;
    const answer = await post(`/api/v2/dora/${what}`, failure, {
      "dd-api-key": "all-scopes-token",
    });
    expect(answer).toMatchObject({ status: 202, json: { data: { type: `dora_${what}` } } });
  });

  it("202 for what cannot be read, which is kept with its reason", async () => {
    const answer = await post("/api/v2/dora/deployment", Buffer.from("{"), key);
    expect(answer).toMatchObject({ status: 202, json: { data: { id: expect.any(String) } } });
    await settleAll(server.context);
    expect((await delivered("dora")).at(-1)).toMatchObject({ outcome: "failed" });
  });

  it("401 for another key", async () => {
    expect((await post("/api/v2/dora/deployment", body, { "dd-api-key": "x" })).status).toBe(401);
  });
});

describe("POST /pelorus/webhook", () => {
  const { headers, body } = deliveryOf("pelorus", "deploytime.1.json");

  it("202 as Pelorus answers, for a body that is signed", async () => {
    const signed = { ...headers, ...providerNamed("pelorus")?.sign?.(body, "apps-secret") };
    expect(await post("/pelorus/webhook", body, signed)).toMatchObject({
      status: 202,
      json: { http_response: "Webhook Received", http_response_code: 200 },
    });
    expect(await delivered("apps")).toMatchObject([{ provider: "pelorus", event: "deploytime" }]);
  });

  it("401 for one that is not, or for another body", async () => {
    expect(await post("/pelorus/webhook", body, headers)).toMatchObject({
      status: 401,
      json: { code: "bad_signature" },
    });
    const other = {
      ...headers,
      ...providerNamed("pelorus")?.sign?.(Buffer.from("{}"), "apps-secret"),
    };
    expect((await post("/pelorus/webhook", body, other)).status).toBe(401);
  });
});

describe("POST /api/rest/plugins/webhook/…", () => {
  const issue = Buffer.from(deliveryOf("devlake", "issues.incident.1.json").body);
  const key = { authorization: "Bearer lake-secret" };
  const incidents = async (source: string) => {
    await settleAll(server.context);
    const all = await server.database.db
      .selectFrom("incidents")
      .select(["sources", "resolved_at"])
      .execute();
    return all.filter(({ sources }) => JSON.stringify(sources).includes(`"${source}"`));
  };

  it("200 as DevLake answers: a deployment, an issue, and its closing without a body", async () => {
    const base = "/api/rest/plugins/webhook/lake";
    const { body } = deliveryOf("devlake", "deployments.single.1.json");
    const success = { status: 200, json: { success: true, message: "success" } };
    expect(await post(`${base}/deployments`, body, key)).toMatchObject(success);
    expect(await post(`${base}/issues`, issue, key)).toMatchObject(success);
    expect(await incidents("lake")).toMatchObject([{ resolved_at: null }]);
    expect(await post(`${base}/issue/DLK-1234/close`, undefined, key)).toMatchObject(success);
    expect(await incidents("lake")).toMatchObject([{ resolved_at: expect.any(Date) }]);
    expect((await delivered("lake")).map(({ event }) => event)).toEqual([
      "deployment",
      "issue",
      "issue.close",
    ]);
  });

  it("200 with the connection's number and a token: its source, each connection's ids apart", async () => {
    for (const connection of ["1", "connections/2", "connections/by-name/three"])
      expect(
        (await post(`/api/rest/plugins/webhook/${connection}/issues`, issue, bearer("sender")))
          .status,
      ).toBe(200);
    expect(await incidents("sender")).toHaveLength(3);
    const close = "/api/rest/plugins/webhook/connections/2/issue/DLK-1234/close";
    await post(close, undefined, bearer("sender"));
    const ended = (await incidents("sender")).filter(({ resolved_at }) => resolved_at !== null);
    expect(ended).toHaveLength(1);
  });

  it("401 where the address names another source than the secret's", async () => {
    expect((await post("/api/rest/plugins/webhook/1/issues", issue, key)).status).toBe(401);
  });
});
