import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Bench, callbackOf } from "@/lib/auth/sign-in/providers/testing/bench";
import { newBrowser, pushline } from "@/lib/auth/sign-in/providers/testing/browser";
import type { Issuer } from "@/lib/auth/sign-in/providers/testing/issuer";
import {
  type OidcBench,
  openOidcBench,
  outcome,
  refused,
} from "@/lib/auth/sign-in/providers/testing/oidc-bench";

let bench: Bench;
let issuer: Issuer;
let settings: OidcBench["settings"];
let begun: OidcBench["begun"];
let returned: OidcBench["returned"];
let own: OidcBench;
beforeAll(async () => {
  own = await openOidcBench();
  ({ bench, issuer, settings, begun, returned } = own);
});
afterAll(() => own.close());
beforeEach(() => own.reset());

describe("a sign-in with a provider", () => {
  it("counts failing callbacks against their address, and only theirs", async () => {
    const outcomes = [];
    for (let tries = 0; tries < 22; tries += 1) {
      const guesser = newBrowser();
      await begun(guesser);
      outcomes.push(await outcome(guesser, new URL(callbackOf("idp"))));
    }
    expect(outcomes.slice(0, 20)).toEqual(Array(20).fill(refused("state_mismatch")));
    expect(outcomes.slice(20)).toEqual(Array(2).fill(refused("too_many_requests")));
    // The right one waits as well; another address does not.
    const { browser, callback } = await returned();
    expect(await outcome(browser, callback)).toBe(refused("too_many_requests"));
    const elsewhere = newBrowser({ address: "198.51.100.9" });
    expect(await elsewhere.follow((await begun(elsewhere)).href)).toBe("/");
  });

  it("neither counts nor records who comes back from nothing, so that no page locks an office out", async () => {
    const before = await bench.audited("account.sign_in_failed");
    for (let tries = 0; tries < 25; tries += 1)
      expect(await outcome(newBrowser(), new URL(callbackOf("idp")))).toBe(
        refused("sign_in_expired"),
      );
    expect(await bench.audited("account.sign_in_failed")).toEqual(before);
    const { browser, callback } = await returned();
    expect(await outcome(browser, callback)).toBe("/");
  });

  it("403 for a callback that another site embeds instead of leading to it", async () => {
    const { browser, callback } = await returned();
    const of = (mode: string, dest: string) =>
      browser.comeBack(callback, {
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": mode,
        "sec-fetch-dest": dest,
      });
    for (const [mode, dest] of [
      ["no-cors", "image"],
      ["navigate", "iframe"],
      ["cors", "empty"],
    ] as const)
      expect((await of(mode, dest)).status).toBe(403);
    expect((await of("navigate", "document")).headers.get("location")).toBe("/");
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
