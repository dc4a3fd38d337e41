import { generateKeyPairSync, randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Bench, callbackOf } from "@/lib/auth/sign-in/providers/testing/bench";
import { newBrowser, pushline } from "@/lib/auth/sign-in/providers/testing/browser";
import { type Issuer, startIssuer } from "@/lib/auth/sign-in/providers/testing/issuer";
import { json } from "@/lib/auth/sign-in/providers/testing/listen";
import {
  type OidcBench,
  openOidcBench,
  outcome,
  refused,
} from "@/lib/auth/sign-in/providers/testing/oidc-bench";
import { fixedClock } from "@/lib/clock";
import { openVault } from "@/lib/vault";

let bench: Bench;
let issuer: Issuer;
let settings: OidcBench["settings"];
let begun: OidcBench["begun"];
let returned: OidcBench["returned"];
let expectNobody: OidcBench["expectNobody"];
let own: OidcBench;
beforeAll(async () => {
  own = await openOidcBench();
  ({ bench, issuer, settings, begun, returned, expectNobody } = own);
});
afterAll(() => own.close());
beforeEach(() => own.reset());

describe("what comes back from a provider is refused", () => {
  it("without the cookie of the sign-in, as when someone is lured to another's callback", async () => {
    const { callback } = await returned();
    const victim = newBrowser();
    expect(await outcome(victim, callback)).toBe(refused("sign_in_expired"));
    expect([...victim.cookies(pushline).keys()]).toEqual([]);
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
    const forged = await startIssuer([callbackOf("idp")]);
    try {
      forged.account = issuer.account;
      const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const keys = [{ ...publicKey.export({ format: "jwk" }), kid: "test", use: "sig" }];
      forged.intercept = (request, response) =>
        request.url === "/jwks" && json(response, 200, { keys });
      await bench.provide([settings({ issuer: forged.address })]);
      const { browser, callback } = await returned();
      expect(await outcome(browser, callback)).toBe(refused("answer_not_trusted"));
      forged.intercept = null;
    } finally {
      await forged.close();
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
