import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn } from "@/lib/auth/testing";
import { bearer, type TestServer, testServer } from "@/lib/http/server/testing";
import { ask, type Question } from "@/lib/http/testing/ask";

const base = "https://pushline.example.com";
let here: TestServer;
let named: TestServer;
let demo: TestServer;
beforeAll(async () => {
  [here, named, demo] = await Promise.all([
    testServer({ pages: "api" }),
    testServer({ pages: "api", site: { baseUrl: base } }),
    testServer({ pages: "api", site: { withoutSignIn: true } }),
  ]);
});
afterAll(() => Promise.all([here, named, demo].map((server) => server.close())));

/** What a browser says of where a request comes from. */
type Said = Record<string, string>;
const own = (): Said => ({ "sec-fetch-site": "same-origin", origin: here.url });
const strangers = (url: string): Said[] => [
  { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site", origin: url.replace(/\d+$/, "1") },
  // Older browsers say the origin alone.
  { origin: "https://evil.example" },
  { origin: url.replace(/\d+$/, "1") },
  { origin: url.replace("http:", "https:").replace("127.0.0.1", "127.0.0.1.evil.example") },
  { origin: "null" },
  { origin: "null", "sec-fetch-site": "same-origin" },
  { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
];

/** By a person's own hand, or by no browser. */
const untold: Said[] = [{ "sec-fetch-site": "none" }, {}];

const me = "/api/v1/me";
const rename = (headers: Said): Question => ({
  method: "PUT",
  headers: { "content-type": "application/json", ...headers },
  body: '{"name":"Ana"}',
});

describe("a request with a session's cookie", () => {
  it("is answered when our own page sends it, or a person types the address", async () => {
    const { cookie } = await signedIn(here.context);
    for (const said of [own(), { "sec-fetch-site": "same-origin" }, { origin: here.url }]) {
      expect((await ask(here.url + me, { headers: { cookie, ...said } })).status).toBe(200);
      expect((await ask(here.url + me, rename({ cookie, ...said }))).status).toBe(200);
    }
    for (const said of untold)
      expect((await ask(here.url + me, { headers: { cookie, ...said } })).status).toBe(200);
  });

  it("403 cross_site from any other page, whether it reads or changes", async () => {
    const { cookie } = await signedIn(here.context);
    for (const said of strangers(here.url))
      for (const asked of [{ headers: { cookie, ...said } }, rename({ cookie, ...said })]) {
        const { status, text } = await ask(here.url + me, asked);
        expect([status, JSON.parse(text).code, said]).toEqual([403, "cross_site", said]);
      }
  });

  it("403 cross_site for a change that does not say where it comes from", async () => {
    const { cookie } = await signedIn(here.context);
    for (const said of untold)
      expect((await ask(here.url + me, rename({ cookie, ...said }))).status).toBe(403);
  });

  it("is told by the address that people use, also where a proxy says another Host", async () => {
    const { cookie } = await signedIn(named.context);
    const said = cookie.startsWith("__Host-") && { cookie, origin: base };
    expect(said).toBeTruthy();
    for (const host of ["pushline.example.com", "127.0.0.1:3000"])
      expect((await ask(named.url + me, rename({ ...said, host }))).status).toBe(200);
    for (const origin of ["http://pushline.example.com", `${base}:444`, `${base}.evil.example`])
      expect((await ask(named.url + me, rename({ ...said, origin }))).status).toBe(403);
  });

  it("403 for a Host that is not ours, though a name of someone's points here", async () => {
    const { cookie } = await signedIn(here.context);
    const headers = { cookie, host: "evil.example", origin: "http://evil.example" };
    for (const path of [me, "/api/v1/live", "/metrics", "/"])
      expect((await ask(here.url + path, { headers })).status).toBe(403);
  });
});

describe("what anybody may do and a cookie comes of", () => {
  const signIn = (headers: Said): Question => ({
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: '{"email":"ana@example.com","password":"wrong-as-can-be"}',
  });
  const doors = [
    "/api/v1/sign-in",
    "/api/v1/set-up",
    "/api/v1/invitations/accept",
    "/api/v1/new-password",
    "/api/v1/sign-in/google",
  ];

  it("403 cross_site from any other page, so that nobody is signed in as someone else", async () => {
    for (const path of doors)
      for (const said of strangers(here.url)) {
        const { status, text } = await ask(here.url + path, signIn(said));
        expect([path, said, status, JSON.parse(text).code]).toEqual([
          path,
          said,
          403,
          "cross_site",
        ]);
      }
  });

  it("403 too with a token beside it, and for a Host that is not ours", async () => {
    const [foreign = {}] = strangers(here.url);
    for (const path of doors) {
      const withToken = { ...foreign, ...bearer("reader") };
      expect((await ask(here.url + path, signIn(withToken))).status).toBe(403);
      expect((await ask(here.url + path, signIn({ host: "evil.example" }))).status).toBe(403);
    }
  });

  it("is open to our own pages and to programs", async () => {
    for (const path of doors)
      for (const said of [own(), {}]) {
        const { text } = await ask(here.url + path, signIn(said));
        expect(JSON.parse(text).code).not.toMatch(/cross_site|forbidden/);
      }
  });
});

describe("an instance without sign-in", () => {
  it("shows itself to this machine", async () => {
    expect((await ask(demo.url + me)).status).toBe(200);
    expect((await ask(here.url + me)).status).toBe(401);
  });

  it("401 for whoever comes through a proxy, and for a claim to come without one", async () => {
    for (const header of ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded"])
      expect((await ask(demo.url + me, { headers: { [header]: "1" } })).status).toBe(401);
    const claims = { "x-pushline-direct": "yes", "x-forwarded-for": "127.0.0.1" };
    expect((await ask(demo.url + me, { headers: claims })).status).toBe(401);
    const elsewhere = { headers: { "x-pushline-direct": "yes" } };
    expect((await ask(here.url + me, elsewhere)).status).toBe(401);
  });

  it("403 cross_site from any other page, and for a Host that is not ours", async () => {
    for (const said of strangers(demo.url)) {
      expect((await ask(demo.url + me, { headers: said })).status).toBe(403);
      expect((await ask(`${demo.url}/api/v1/live`, { headers: said })).status).toBe(403);
    }
    // A token that is none must not be a way round.
    for (const path of ["/", me, "/services", "/api/v1/live"])
      for (const more of [[], [["authorization", "Bearer x"]]]) {
        const headers = { host: "evil.example:3000", ...Object.fromEntries(more) };
        expect((await ask(demo.url + path, { headers })).status).toBeGreaterThanOrEqual(401);
      }
  });
});

describe("a page", () => {
  const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };

  it("may be linked to from elsewhere", async () => {
    const headers = { ...link, "sec-fetch-dest": "document" };
    expect((await ask(`${here.url}/services`, { headers })).text).toBe("a page");
  });

  it("403 cross_site where another site would embed or fetch it", async () => {
    for (const said of [
      { ...link, "sec-fetch-dest": "iframe" },
      { ...link, "sec-fetch-dest": "object" },
      { "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script" },
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" },
    ])
      expect((await ask(`${here.url}/services`, { headers: said })).status).toBe(403);
  });

  it("405 for anything but looking", async () => {
    const { status, headers } = await ask(`${here.url}/services`, { method: "POST" });
    expect([status, headers.allow]).toEqual([405, "GET, HEAD"]);
  });

  it("403 for a foreign Host even with a token, which is no key to pages", async () => {
    const headers = { host: "evil.example", ...bearer("reader") };
    expect((await ask(`${here.url}/services`, { headers })).status).toBe(403);
  });
});
