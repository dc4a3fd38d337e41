import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn } from "@/lib/auth/testing";
import { type TestServer, testServer, testSource } from "@/lib/http/server/testing";
import { ask } from "@/lib/http/testing/ask";

const basic = (password: string) => ({
  authorization: `Basic ${Buffer.from(`front:${password}`).toString("base64")}`,
});
const atProxy = basic("of the proxy");
/** What a browser says of where a request comes from. */
const elsewhere: Record<string, string>[] = [
  { "sec-fetch-site": "cross-site" },
  { origin: "https://evil.example" },
  { origin: "null" },
];

const me = "/api/v1/me";
const rename = (headers: Record<string, string>) => ({
  method: "PUT",
  headers: { "content-type": "application/json", ...headers },
  body: '{"name":"Ana"}',
});

let here: TestServer;
let demo: TestServer;
beforeAll(async () => {
  const sources = [
    testSource({
      name: "alerts",
      provider: "alertmanager",
      auth: "basic",
      username: "front",
      secrets: ["of the source"],
    }),
  ];
  [here, demo] = await Promise.all([
    testServer({ pages: "api", sources }),
    testServer({ pages: "api", site: { withoutSignIn: true } }),
  ]);
});
afterAll(() => Promise.all([here, demo].map((server) => server.close())));

describe("a proxy's own password, passed on", () => {
  it("leaves a session what it is", async () => {
    const { cookie } = await signedIn(here.context, { name: "Ada" });
    const { status, text } = await ask(here.url + me, { headers: { cookie, ...atProxy } });
    expect([status, JSON.parse(text).name]).toEqual([200, "Ada"]);
    const own = { cookie, ...atProxy, origin: here.url, "sec-fetch-site": "same-origin" };
    expect((await ask(here.url + me, rename(own))).status).toBe(200);
  });

  it("is no way round the checks of browsers", async () => {
    const { cookie } = await signedIn(here.context);
    for (const said of elsewhere)
      for (const asked of [
        { headers: { cookie, ...atProxy, ...said } },
        rename({ cookie, ...atProxy, ...said }),
      ]) {
        const { status, text } = await ask(here.url + me, asked);
        expect([said, status, JSON.parse(text).code]).toEqual([said, 403, "cross_site"]);
      }
    // Neither says where it comes from, nor asks at an address of ours.
    expect((await ask(here.url + me, rename({ cookie, ...atProxy }))).status).toBe(403);
    const foreign = { ...atProxy, host: "evil.example" };
    for (const headers of [foreign, { ...foreign, cookie }])
      for (const path of [me, "/api/v1/live", "/"])
        expect([path, (await ask(here.url + path, { headers })).status]).toEqual([path, 403]);
  });

  it("401 where it is alone, and is no guess at a token: all 30 of those are left", async () => {
    for (let n = 0; n < 3; n += 1)
      expect((await ask(here.url + me, { headers: basic(`number ${n}`) })).status).toBe(401);
    const guess = async (n: number) => {
      const headers = { authorization: `Bearer pl_number-${n}` };
      return (await ask(here.url + me, { headers })).status;
    };
    for (let n = 0; n < 30; n += 1) expect([n, await guess(n)]).toEqual([n, 401]);
    expect(await guess(30)).toBe(429);
  });

  it("401 where sign-in is left out: it came through somebody's proxy", async () => {
    expect((await ask(demo.url + me)).status).toBe(200);
    expect((await ask(demo.url + me, { headers: atProxy })).status).toBe(401);
  });

  it("401 where only a token may send", async () => {
    const event = { method: "POST", headers: { ...atProxy, "content-type": "application/json" } };
    for (const path of ["/api/v1/events", "/v1/metrics"])
      expect((await ask(here.url + path, { ...event, body: "{}" })).status).toBe(401);
  });
});

describe("a source that proves itself by a password", () => {
  it("202 with its own, 401 with another's", async () => {
    const send = (headers: Record<string, string>) =>
      ask(`${here.url}/api/webhooks/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: '{"version":"4","status":"firing","alerts":[]}',
      });
    expect((await send(basic("of the source"))).status).toBe(202);
    expect((await send(atProxy)).status).toBe(401);
    expect((await send({})).status).toBe(401);
  });
});
