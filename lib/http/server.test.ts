import { createHmac } from "node:crypto";
import { Agent, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearer, type TestServer, testServer, testSource } from "@/lib/http/server/testing";
import { ask as askAt, type Question } from "@/lib/http/testing/ask";

const seen: string[] = [];
let server: TestServer;
beforeAll(async () => {
  server = await testServer({
    sources: [testSource({ name: "github" })],
    pages: (request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.end(`page ${request.url}`);
    },
  });
});
afterAll(() => server.close());

const ask = (path: string, asked?: Question) => askAt(`${server.url}${path}`, asked);

describe("what the server does not own", () => {
  it("goes to the pages, known API addresses included", async () => {
    for (const path of [
      "/",
      "/services/checkout",
      "/_next/static/a.js",
      "/api/v1/deployments?limit=1",
    ])
      expect((await ask(path)).text).toBe(`page ${path}`);
    expect(seen).toContain("GET /api/v1/deployments?limit=1");
  });

  it("404 as a problem for an unknown address under /api", async () => {
    for (const path of ["/api/v1/nothing", "/api", "/v1/logs", "/api/webhooks/%zz/x"]) {
      const { status, headers, text } = await ask(path, { method: "POST" });
      expect([status, headers["content-type"]]).toEqual([404, "application/problem+json"]);
      expect(JSON.parse(text).code).toBe("not_found");
    }
  });

  it("405 as a problem for a known address with another method", async () => {
    const { status, headers, text } = await ask("/api/v1/deployments", { method: "DELETE" });
    expect([status, headers.allow]).toEqual([405, "GET"]);
    expect(JSON.parse(text).code).toBe("method_not_allowed");
  });

  it("403 for a Host that is neither this machine nor the configured address", async () => {
    for (const path of ["/", "/api/v1/deployments", "/api/v1/live"])
      expect((await ask(path, { headers: { host: "evil.example" } })).status).toBe(403);
    for (const host of ["localhost:3000", "127.0.0.1", "[::1]:3000"])
      expect((await ask("/", { headers: { host } })).status).toBe(200);
    const headers = { host: "pushline.internal", ...bearer("reader") };
    expect((await ask("/api/v1/deployments", { headers })).status).toBe(200);
  });
});

describe("the server's own answers", () => {
  it("say what they are and may not be framed, sniffed or kept", async () => {
    for (const path of ["/healthz", "/readyz", "/api/v1/openapi.json", "/api/v1/live"])
      expect((await ask(path)).headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "cache-control": "no-store",
      });
  });

  it("200 from /healthz and /readyz for anyone, whatever the Host", async () => {
    const headers = { host: "probe.example" };
    expect(JSON.parse((await ask("/healthz", { headers })).text)).toEqual({ status: "alive" });
    expect(JSON.parse((await ask("/readyz", { headers })).text)).toEqual({ status: "ready" });
  });

  it("200 with OpenAPI 3.1 for anyone", async () => {
    const document = JSON.parse((await ask("/api/v1/openapi.json")).text);
    expect(document.openapi).toBe("3.1.0");
    expect(document.paths).toHaveProperty("/api/webhooks/{source}");
  });

  it("answers Expect: 100-continue, and refuses too large a body before it is sent", async () => {
    const send = (length: number) =>
      new Promise<{ status: number; continued: boolean }>((resolve, reject) => {
        let continued = false;
        const sending = httpRequest(`${server.url}/api/webhooks/github`, {
          method: "POST",
          headers: { expect: "100-continue", "content-length": length },
        });
        sending.on("continue", () => {
          continued = true;
          sending.end(Buffer.alloc(length, "a"));
        });
        sending.on("response", (response) => {
          response.resume();
          resolve({ status: response.statusCode ?? 0, continued });
          if (!continued) sending.destroy();
        });
        sending.on("error", reject).flushHeaders();
      });
    expect(await send(10)).toEqual({ status: 401, continued: true });
    expect(await send(100 * 1024 * 1024)).toEqual({ status: 413, continued: false });
  });

  it("400 as a problem for what is not HTTP", async () => {
    const { port, hostname } = new URL(server.url);
    const text = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write("NONSENSE\r\n\r\n"));
      let heard = "";
      socket.on("data", (chunk) => {
        heard += chunk;
      });
      socket.on("close", () => resolve(heard));
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain("application/problem+json");
  });
});

describe("stopping", () => {
  it("answers everything in flight, resets nobody, and loses nothing it acknowledged", async () => {
    const stopping = await testServer({
      database: server.database,
      sources: [testSource({ name: "github" })],
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const outcomes = { answered: 0, refused: 0, broken: [] as string[] };
    const acknowledged: string[] = [];
    let stopped = false;
    const send = (n: number) =>
      new Promise<void>((resolve) => {
        const body = Buffer.from(`{"n":${n}}`);
        const signature = createHmac("sha256", "current-secret").update(body).digest("hex");
        const sending = httpRequest(`${stopping.url}/api/webhooks/github`, {
          method: "POST",
          agent,
          headers: { "x-hub-signature-256": `sha256=${signature}`, "content-length": body.length },
        });
        sending.on("response", (response) => {
          let text = "";
          response.on("data", (chunk) => {
            text += chunk;
          });
          response.on("end", () => {
            outcomes.answered += 1;
            if (response.statusCode === 202) acknowledged.push(JSON.parse(text).delivery);
            resolve();
          });
        });
        sending.on("error", (error: NodeJS.ErrnoException) => {
          // Nobody listens any more: that is an answer too, and the sender tries again.
          if (error.code === "ECONNREFUSED") outcomes.refused += 1;
          else outcomes.broken.push(error.code ?? error.message);
          resolve();
        });
        sending.end(body);
      });
    const senders = Array.from({ length: 8 }, async (_, sender) => {
      for (let n = 0; !stopped; n += 1) await send(sender * 1_000_000 + n);
    });
    while (acknowledged.length < 50) await new Promise(setImmediate);
    await stopping.close();
    stopped = true;
    await Promise.all(senders);
    agent.destroy();
    expect(outcomes.broken).toEqual([]);
    const rows = await server.database.db.selectFrom("deliveries").select("id").execute();
    const stored = new Set(rows.map(({ id }) => String(id)));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });
});
