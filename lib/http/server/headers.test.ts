import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readProxies } from "@/lib/http/client-address";
import { type TestServer, testServer } from "@/lib/http/server/testing";
import { ask as askAt, type Question } from "@/lib/http/testing/ask";

/** What Next would be told of the last request. */
let told: Record<string, unknown> = {};
let server: TestServer;
let secure: TestServer;
beforeAll(async () => {
  const pages: Parameters<typeof testServer>[0] = {
    pages: (request, response) => {
      told = request.headers;
      response.end("a page");
    },
  };
  server = await testServer(pages);
  secure = await testServer({
    ...pages,
    site: { baseUrl: "https://pushline.example.com" },
    trustedProxies: readProxies("127.0.0.1").list,
  });
});
afterAll(() => Promise.all([server.close(), secure.close()]));

const ask = (path: string, asked?: Question) => askAt(`${server.url}${path}`, asked);

const everywhere = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

describe("every answer", () => {
  it("may not be framed, sniffed, embedded or followed, whoever gives it", async () => {
    for (const path of [
      "/",
      "/services/nobody-knows",
      "/icon.svg",
      "/_next/static/chunks/a.js",
      "/api/v1/deployments",
      "/api/v1/nothing",
      "/api/v1/openapi.json",
      "/healthz",
      "/metrics",
    ])
      expect([path, (await ask(path)).headers]).toEqual([
        path,
        expect.objectContaining(everywhere),
      ]);
    const refused = await ask("/", { headers: { host: "evil.example" } });
    expect(refused.headers).toMatchObject({ ...everywhere, "cache-control": "no-store" });
  });

  it("asks for TLS from now on where people come by TLS, and only there", async () => {
    const headers = { host: "pushline.example.com" };
    for (const path of ["/", "/api/v1/deployments", "/healthz", "/api/v1/nothing"]) {
      const { headers: answered } = await askAt(`${secure.url}${path}`, { headers });
      expect(answered["strict-transport-security"]).toBe("max-age=31536000");
      expect((await ask(path)).headers["strict-transport-security"]).toBeUndefined();
    }
  });

  it("allows data to run nothing", async () => {
    for (const path of ["/api/v1/deployments", "/api/v1/openapi.json", "/healthz"])
      expect((await ask(path)).headers["content-security-policy"]).toBe(
        "default-src 'none'; frame-ancestors 'none'",
      );
  });
});

describe("the policy of a page", () => {
  it("lets only scripts with this answer's nonce run, and the pages behind know it", async () => {
    const policies = [];
    for (const path of ["/", "/"]) {
      const policy = String((await ask(path)).headers["content-security-policy"]);
      expect(told["content-security-policy"]).toBe(policy);
      policies.push(policy);
    }
    const [nonce, next] = policies.map((policy) => /'nonce-([\w-]{22})'/.exec(policy)?.[1]);
    expect(nonce).toBeDefined();
    expect(nonce).not.toBe(next);
    expect(policies[0]?.split("; ")).toEqual([
      "default-src 'self'",
      `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
      `style-src 'self' 'nonce-${nonce}'`,
      "style-src-attr 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
    ]);
  });

  it("is ours, whatever the request brings along", async () => {
    const claims = {
      "content-security-policy": "script-src 'nonce-mine'",
      "content-security-policy-report-only": "script-src 'nonce-mine'",
      "x-nonce": "mine",
      "x-pushline-address": "1.2.3.4",
      "x-pushline-direct": "yes",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      "x-forwarded-for": "1.2.3.4",
    };
    for (const path of ["/", "/api/v1/deployments", "/_next/static/chunks/a.js"]) {
      await ask(path, { headers: claims });
      expect(JSON.stringify(told)).not.toMatch(/mine|1\.2\.3\.4|evil|https|"yes"/);
      expect(told["x-pushline-address"]).toBe("127.0.0.1");
    }
  });
});

describe("from where a request comes", () => {
  it("is told behind the server as a trusted proxy says it, and as no other does", async () => {
    const headers = { host: "pushline.example.com", "x-forwarded-for": "1.1.1.1, 8.8.8.8" };
    await askAt(`${secure.url}/`, { headers });
    expect(told["x-pushline-address"]).toBe("8.8.8.8");
    await ask("/", { headers: { "x-forwarded-for": "8.8.8.8" } });
    expect(told["x-pushline-address"]).toBe("127.0.0.1");
  });
});
