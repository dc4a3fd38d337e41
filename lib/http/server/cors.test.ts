import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn } from "@/lib/auth/testing";
import { bearer, type TestServer, testServer } from "@/lib/http/server/testing";
import { ask } from "@/lib/http/testing/ask";

const portal = "https://portal.example.com";
let closed: TestServer;
let shared: TestServer;
beforeAll(async () => {
  closed = await testServer({ pages: "api" });
  shared = await testServer({ pages: "api", file: { cors: { origins: [portal] } } });
});
afterAll(() => Promise.all([closed.close(), shared.close()]));

const preflight = (origin: string) => ({
  method: "OPTIONS",
  headers: {
    origin,
    "access-control-request-method": "GET",
    "access-control-request-headers": "authorization",
  },
});
const addresses = ["/api/v1/deployments", "/api/v1/live", "/api/v1/openapi.json"];

describe("without cors in pushline.yaml", () => {
  it("no answer allows another origin anything, asked beforehand or not", async () => {
    for (const path of addresses) {
      const headers = { origin: portal, ...bearer("reader") };
      for (const asked of [preflight(portal), { method: "HEAD", headers }]) {
        const answer = await ask(closed.url + path, asked);
        expect(Object.keys(answer.headers).join()).not.toMatch(/access-control/);
        if (asked.method === "OPTIONS") expect(answer.status).toBe(405);
      }
    }
  });
});

describe("with an origin in pushline.yaml", () => {
  it("lets its pages ask with a token, and read the answer", async () => {
    for (const path of ["/api/v1/deployments", "/api/v1/openapi.json", "/api/v1/nothing"]) {
      const headers = { origin: portal, "sec-fetch-site": "cross-site", ...bearer("reader") };
      const answer = await ask(shared.url + path, { headers });
      expect(answer.headers).toMatchObject({ "access-control-allow-origin": portal });
      expect(answer.headers.vary).toMatch(/\borigin\b/);
      expect(answer.status).toBe(path.endsWith("nothing") ? 404 : 200);
    }
  });

  it("204 to its question beforehand, with the methods that there are", async () => {
    for (const path of addresses) {
      const { status, headers } = await ask(shared.url + path, preflight(portal));
      expect([path, status]).toEqual([path, 204]);
      expect(headers).toMatchObject({
        "access-control-allow-origin": portal,
        "access-control-allow-methods": expect.stringContaining("GET"),
        "access-control-allow-headers": expect.stringContaining("authorization"),
      });
    }
  });

  it("never lends it this browser's sign-in", async () => {
    const { cookie } = await signedIn(shared.context);
    const headers = { cookie, origin: portal, "sec-fetch-site": "cross-site" };
    const answer = await ask(`${shared.url}/api/v1/me`, { headers });
    expect(answer.status).toBe(403);
    for (const asked of [preflight(portal), { headers }])
      expect(
        (await ask(`${shared.url}/api/v1/me`, asked)).headers["access-control-allow-credentials"],
      ).toBeUndefined();
  });

  it("allows no other origin anything, and says that the answer depends on it", async () => {
    for (const origin of [
      "https://evil.example",
      `${portal}.evil.example`,
      "null",
      `${portal}:1`,
    ]) {
      const headers = { origin, ...bearer("reader") };
      const answer = await ask(`${shared.url}/api/v1/deployments`, { headers });
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
      expect(answer.headers.vary).toMatch(/\borigin\b/);
      const { status } = await ask(`${shared.url}/api/v1/deployments`, preflight(origin));
      expect(status).toBe(405);
    }
  });

  it("leaves pages closed", async () => {
    const answer = await ask(`${shared.url}/services`, { headers: { origin: portal } });
    expect(Object.keys(answer.headers).join()).not.toMatch(/access-control/);
  });
});
