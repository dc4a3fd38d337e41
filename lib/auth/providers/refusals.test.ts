import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Bench, callbackOf, openBench } from "@/lib/auth/providers/testing/bench";
import { type Browser, newBrowser, pushline } from "@/lib/auth/providers/testing/browser";
import {
  clientId,
  clientSecret,
  type Issuer,
  startIssuer,
} from "@/lib/auth/providers/testing/issuer";
import { openVault } from "@/lib/auth/vault";
import { fixedClock } from "@/lib/clock";
import type { OidcSettings } from "@/lib/config/sign-in";

let bench: Bench;
let issuer: Issuer;
const settings = (changes: Partial<OidcSettings> = {}): OidcSettings => ({
  name: "idp",
  kind: "oidc",
  issuer: issuer.address,
  clientId,
  clientSecret,
  scopes: ["openid", "email", "profile"],
  admit: "anyone",
  role: "viewer",
  domains: [],
  ...changes,
});

beforeAll(async () => {
  bench = await openBench();
  issuer = await startIssuer([callbackOf("idp"), callbackOf("other")]);
});
afterAll(async () => {
  await issuer.close();
  await bench.database.close();
});
beforeEach(async () => {
  issuer.account = { sub: "ana-1", claims: { name: "Ana Lima" } };
  issuer.intercept = null;
  await bench.provide([settings(), settings({ name: "other" })]);
});
/** All that this process wrote to its log. */
let log: unknown[][];
beforeEach(() => {
  log = [];
  for (const level of ["log", "info", "warn", "error"] as const)
    vi.spyOn(console, level).mockImplementation((...words) => void log.push(words));
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(JSON.stringify(log)).not.toContain(clientSecret);
});

async function begun(browser: Browser, body: object = {}): Promise<URL> {
  const answer = await browser.begin("idp", body);
  return new URL(((await answer.json()) as { address: string }).address);
}

/** A browser that came back from the provider, just before it asks our callback. */
async function returned(change: (address: URL) => void = () => undefined) {
  const browser = newBrowser();
  const address = await begun(browser);
  change(address);
  return { browser, callback: await browser.followToCallback(address.href) };
}

async function outcome(browser: Browser, callback: URL): Promise<string | null> {
  const answer = await browser.comeBack(callback);
  expect(answer.status).toBe(303);
  return answer.headers.get("location");
}

const refused = (problem: string) => `/sign-in?problem=${problem}`;

async function expectNobody(browser: Browser, problem: string, more: object = {}): Promise<void> {
  expect([...browser.cookies(pushline).keys()]).toEqual([]);
  expect((await bench.audited("account.sign_in_failed")).at(-1)).toEqual({
    actor: "anonymous",
    details: { provider: "idp", problem, ...more },
  });
}

describe("what comes back from a provider is refused", () => {
  it("without the cookie of the sign-in, as when someone is lured to another's callback", async () => {
    const { callback } = await returned();
    const victim = newBrowser();
    expect(await outcome(victim, callback)).toBe(refused("sign_in_expired"));
    await expectNobody(victim, "sign_in_expired");
  });

  it("with the state of another sign-in, or none", async () => {
    const { callback } = await returned();
    const victim = newBrowser();
    await begun(victim);
    expect(await outcome(victim, callback)).toBe(refused("state_mismatch"));
    await expectNobody(victim, "state_mismatch");
    const { browser, callback: bare } = await returned();
    bare.searchParams.delete("state");
    expect(await outcome(browser, bare)).toBe(refused("state_mismatch"));
  });

  it("a second time, be the code the same or the cookie kept", async () => {
    const { browser, callback } = await returned();
    const cookies = new Map(browser.cookies(pushline));
    expect(await outcome(browser, callback)).toBe("/");
    expect(await outcome(browser, callback)).toBe(refused("sign_in_expired"));
    const thief = newBrowser();
    for (const [name, value] of cookies) thief.cookies(pushline).set(name, value);
    expect(await outcome(thief, callback)).toBe(refused("sign_in_expired"));
    await expectNobody(thief, "sign_in_expired");
  });

  it("after ten minutes", async () => {
    const start = new Date();
    const at = (minutes: number) => ({
      clock: fixedClock(new Date(start.getTime() + minutes * 60_000)),
    });
    await bench.provide([settings()], at(0));
    const { browser, callback } = await returned();
    const cookies = new Map(browser.cookies(pushline));
    await bench.provide([settings()], at(10));
    expect(await outcome(browser, callback)).toBe(refused("sign_in_expired"));
    for (const [name, value] of cookies) browser.cookies(pushline).set(name, value);
    await bench.provide([settings()], at(9));
    expect(await outcome(browser, callback)).toBe("/");
  });

  it("at the callback of another provider than it was begun with", async () => {
    const { browser, callback } = await returned();
    const elsewhere = new URL(callback.href.replace("/idp/", "/other/"));
    expect(await outcome(browser, elsewhere)).toBe(refused("sign_in_expired"));
  });

  it("with a cookie that was changed, or sealed under another key", async () => {
    const { browser, callback } = await returned();
    const jar = browser.cookies(pushline);
    const sealed = Buffer.from(jar.get("pushline_sign_in") ?? "", "base64url");
    sealed[20] = (sealed[20] ?? 0) ^ 1;
    for (const bad of [sealed.toString("base64url"), "x", randomBytes(200).toString("base64url")]) {
      jar.set("pushline_sign_in", bad);
      expect(await outcome(browser, callback)).toBe(refused("sign_in_expired"));
    }
    const other = await returned();
    await bench.provide([settings()], { vault: openVault(Buffer.alloc(32, 9)) });
    expect(await outcome(other.browser, other.callback)).toBe(refused("sign_in_expired"));
  });

  it("from another issuer (mix-up), or without saying from which", async () => {
    const one = await returned();
    one.callback.searchParams.set("iss", "https://evil.example");
    expect(await outcome(one.browser, one.callback)).toBe(refused("answer_not_trusted"));
    await expectNobody(one.browser, "answer_not_trusted");
    const two = await returned();
    two.callback.searchParams.delete("iss");
    expect(await outcome(two.browser, two.callback)).toBe(refused("answer_not_trusted"));
    const three = await returned();
    three.callback.searchParams.append("iss", "https://evil.example");
    expect(await outcome(three.browser, three.callback)).toBe(refused("answer_not_trusted"));
  });

  it("with the nonce of another sign-in in its ID token", async () => {
    const { browser, callback } = await returned((address) =>
      address.searchParams.set("nonce", "another"),
    );
    expect(await outcome(browser, callback)).toBe(refused("answer_not_trusted"));
    await expectNobody(browser, "answer_not_trusted");
  });

  it("with an ID token that another key signed", async () => {
    const own = await startIssuer([callbackOf("idp")]);
    try {
      own.account = issuer.account;
      const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const keys = [{ ...publicKey.export({ format: "jwk" }), kid: "test", use: "sig" }];
      own.intercept = (request, response) =>
        request.url === "/jwks" && json(response, 200, { keys });
      await bench.provide([settings({ issuer: own.address })]);
      const { browser, callback } = await returned();
      expect(await outcome(browser, callback)).toBe(refused("answer_not_trusted"));
      own.intercept = null;
    } finally {
      await own.close();
    }
  });

  it("with a code that was begun with another PKCE challenge, or spent, or made up", async () => {
    const other = await returned((address) =>
      address.searchParams.set("code_challenge", randomBytes(32).toString("base64url")),
    );
    expect(await outcome(other.browser, other.callback)).toBe(refused("provider_refused"));
    await expectNobody(other.browser, "provider_refused", { providerCode: "invalid_grant" });

    const spent = await returned();
    const code = spent.callback.searchParams.get("code") ?? "";
    expect(await outcome(spent.browser, spent.callback)).toBe("/");
    for (const replayed of [code, "made-up", ""]) {
      const { browser, callback } = await returned();
      callback.searchParams.set("code", replayed);
      expect(await outcome(browser, callback)).toMatch(/provider_refused|answer_not_trusted/);
      expect(browser.cookies(pushline).size).toBe(0);
    }
  });
});

describe("a provider that says no", () => {
  it("because the person did: none of its words reach page or audit", async () => {
    issuer.account = null;
    const { browser, callback } = await returned();
    expect(callback.searchParams.get("error_description")).toContain(clientSecret);
    expect(await outcome(browser, callback)).toBe(refused("canceled"));
    await expectNobody(browser, "canceled", { providerCode: "access_denied" });
  });

  it("with an error that is no code keeps it out of the audit", async () => {
    const { browser, callback } = await returned();
    callback.searchParams.delete("code");
    callback.searchParams.set("error", `<b>${clientSecret}</b>`);
    expect(await outcome(browser, callback)).toBe(refused("provider_refused"));
    await expectNobody(browser, "provider_refused");
  });

  it("to our own secret: for an admin to mend", async () => {
    await bench.provide([settings({ clientSecret: "another-secret-than-registered" })]);
    const { browser, callback } = await returned();
    expect(await outcome(browser, callback)).toBe(refused("provider_misconfigured"));
    await expectNobody(browser, "provider_misconfigured", { providerCode: "invalid_client" });
  });

  it("to the issuer it is asked as", async () => {
    await bench.provide([settings({ issuer: `${issuer.address}/realms/none` })]);
    const answer = await newBrowser().begin("idp");
    expect(answer.status).toBe(503);
    const problem = await answer.text();
    expect(problem).toContain("sign_in_unavailable");
    expect(problem).toContain("issuer");
    expect(problem).not.toContain(clientSecret);
  });

  it.each([
    ["fails", (response: ServerResponse) => json(response, 500, { error: "server_error" })],
    ["answers with a page", (response: ServerResponse) => response.writeHead(502).end("<html>")],
    ["hangs up", (response: ServerResponse) => response.destroy()],
    ["sends no end of it", (response: ServerResponse) => response.end("x".repeat(1_100_000))],
  ])("because it %s: it is unavailable, and nobody is to blame", async (_how, answer) => {
    const { browser, callback } = await returned();
    issuer.intercept = (request, response) => {
      if (request.url !== "/token") return false;
      answer(response);
      return true;
    };
    expect(await outcome(browser, callback)).toBe(refused("provider_unavailable"));
    await expectNobody(browser, "provider_unavailable");
    expect(await failures()).toBe(0);
  });

  it("by redirecting what we send, secret and all: nothing follows", async () => {
    const { browser, callback } = await returned();
    issuer.intercept = (request, response) => {
      if (request.url !== "/token") return false;
      response.writeHead(307, { location: `${issuer.address}/elsewhere` }).end();
      return true;
    };
    expect(await outcome(browser, callback)).toBe(refused("provider_refused"));
    expect(issuer.asked.has("/elsewhere")).toBe(false);
  });

  it("by not answering for ten seconds", async () => {
    const { browser, callback } = await returned();
    issuer.intercept = (request) => request.url === "/token";
    const waits: number[] = [];
    const soon = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds) => {
      waits.push(milliseconds);
      return soon(50);
    });
    expect(await outcome(browser, callback)).toBe(refused("provider_unavailable"));
    expect(new Set(waits)).toEqual(new Set([10_000]));
  });
});

describe("around it", () => {
  it("counts failing callbacks against their address, and only theirs", async () => {
    const outcomes = [];
    for (let tries = 0; tries < 22; tries += 1)
      outcomes.push(await outcome(newBrowser(), new URL(callbackOf("idp"))));
    expect(outcomes.slice(0, 20)).toEqual(Array(20).fill(refused("sign_in_expired")));
    expect(outcomes.slice(20)).toEqual(Array(2).fill(refused("too_many_requests")));
    // The right one waits as well; another address does not.
    const { browser, callback } = await returned();
    expect(await outcome(browser, callback)).toBe(refused("too_many_requests"));
    const elsewhere = newBrowser({ address: "198.51.100.9" });
    expect(await elsewhere.follow((await begun(elsewhere)).href)).toBe("/");
  });

  it("keeps where one wanted to go for the next try", async () => {
    issuer.account = null;
    const browser = newBrowser();
    const address = await begun(browser, { next: "/trends?service=api&x=1" });
    expect(await browser.follow(address.href)).toBe(
      `${refused("canceled")}&next=${encodeURIComponent("/trends?service=api&x=1")}`,
    );
  });

  it("leads home instead of to another site", async () => {
    const browser = newBrowser();
    const address = await begun(browser, { next: "//evil.example" });
    expect(await browser.follow(address.href)).toBe("/");
  });

  it("uses __Host- cookies and the configured address over TLS", async () => {
    const site = { baseUrl: "https://pushline.acme.com", withoutSignIn: false };
    await bench.provide([settings()], { site });
    const answer = await newBrowser().begin("idp");
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-pushline_sign_in=[\w-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
    );
    const { searchParams } = new URL(((await answer.json()) as { address: string }).address);
    expect(searchParams.get("redirect_uri")).toBe(
      "https://pushline.acme.com/api/v1/sign-in/idp/callback",
    );
  });

  it("ends the session that the browser held before", async () => {
    const { browser, callback } = await returned();
    await browser.comeBack(callback);
    const before = browser.cookies(pushline).get("pushline_session") ?? "";
    await browser.follow((await begun(browser)).href);
    expect(browser.cookies(pushline).get("pushline_session")).not.toBe(before);
    expect(await bench.whoIs(new Map([["pushline_session", before]]))).toBeNull();
  });

  it("404 for a provider that is not there, 403 until the instance is set up", async () => {
    expect((await newBrowser().begin("nobody")).status).toBe(404);
    const { browser, callback } = await returned();
    await bench.context.db.updateTable("people").set({ disabled_at: new Date() }).execute();
    for (const answer of [await newBrowser().begin("idp"), await browser.comeBack(callback)]) {
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: "set_up_needed" });
    }
  });
});

function json(response: ServerResponse, status: number, body: object): true {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  return true;
}

async function failures(): Promise<number> {
  const rows = await bench.context.db.selectFrom("throttles").select("failures").execute();
  return rows.reduce((sum, row) => sum + row.failures, 0);
}
