import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Bench, callbackOf } from "@/lib/auth/sign-in/providers/testing/bench";
import { newBrowser, pushline } from "@/lib/auth/sign-in/providers/testing/browser";
import { clientId, type Issuer, startIssuer } from "@/lib/auth/sign-in/providers/testing/issuer";
import { type OidcBench, openOidcBench } from "@/lib/auth/sign-in/providers/testing/oidc-bench";

let own: OidcBench;
let bench: Bench;
let issuer: Issuer;
let settings: OidcBench["settings"];
beforeAll(async () => {
  own = await openOidcBench();
  ({ bench, issuer, settings } = own);
});
afterAll(() => own.close());

const ana = {
  sub: "ana-1",
  claims: { name: "Ana Lima", email: "ana@acme.com", email_verified: true },
};
beforeEach(async () => {
  issuer.account = ana;
  issuer.intercept = null;
  await bench.provide([settings()]);
});

async function begun(browser = newBrowser(), body: object = {}, provider = "idp"): Promise<string> {
  const answer = await browser.begin(provider, body);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { address: string }).address;
}

async function signIn(browser = newBrowser(), body: object = {}, provider = "idp") {
  return { browser, location: await browser.follow(await begun(browser, body, provider)) };
}

describe("sign-in by OpenID Connect, with a real provider", () => {
  it("asks with PKCE, state and nonce, and keeps them from the page and its scripts", async () => {
    const browser = newBrowser();
    const answer = await browser.begin("idp", { next: "/trends" });
    const { searchParams } = new URL(((await answer.json()) as { address: string }).address);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      client_id: clientId,
      response_type: "code",
      scope: "openid email profile",
      redirect_uri: `${pushline}/api/v1/sign-in/idp/callback`,
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    const cookie = answer.headers.getSetCookie()[0] ?? "";
    expect(cookie).toMatch(
      /^pushline_sign_in=[\w-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
    const sealed = Buffer.from(cookie.slice(17, cookie.indexOf(";")), "base64url").toString(
      "latin1",
    );
    expect(sealed).not.toContain(searchParams.get("state"));
  });

  it("signs in, makes the account once, and leads to where one wanted to go", async () => {
    const { browser, location } = await signIn(newBrowser(), { next: "/incidents?open=true" });
    expect(location).toBe("/incidents?open=true");
    const first = await bench.whoIs(browser.cookies(pushline));
    expect(first).toMatchObject({ name: "Ana Lima", email: "ana@acme.com", role: "viewer" });
    expect([...browser.cookies(pushline).keys()]).toEqual(["pushline_session"]);
    expect((await bench.audited("account.signed_in")).at(-1)).toEqual({
      actor: "Ana Lima",
      subject: first?.id,
      details: { issuer: issuer.address },
    });

    expect(await bench.audited("person.joined")).toEqual([
      {
        actor: "Ana Lima",
        subject: first?.id,
        details: { provider: "idp", email: "ana@acme.com", role: "viewer" },
      },
    ]);

    // Another name and address at the issuer: the same subject is the same person.
    issuer.account = { ...ana, claims: { ...ana.claims, email: "lima@acme.com" } };
    const again = await signIn();
    expect((await bench.whoIs(again.browser.cookies(pushline)))?.id).toBe(first?.id);
    expect(await bench.audited("person.joined")).toHaveLength(1);
  });

  it("never takes another's account by its e-mail address", async () => {
    const { browser } = await signIn();
    issuer.account = { sub: "somebody-else", claims: ana.claims };
    const other = await signIn();
    const [one, two] = await Promise.all(
      [browser, other.browser].map((each) => bench.whoIs(each.cookies(pushline))),
    );
    expect(two?.email).toBe(one?.email);
    expect(two?.id).not.toBe(one?.id);
  });

  it("keeps no e-mail address that the issuer does not vouch for", async () => {
    issuer.account = { sub: "unsure", claims: { name: "Unsure", email: "boss@acme.com" } };
    const { browser } = await signIn();
    expect(await bench.whoIs(browser.cookies(pushline))).toMatchObject({ email: null });
  });

  it("makes one account where two first sign-ins come back at once", async () => {
    issuer.account = { sub: "twins", claims: { name: "Twin" } };
    const browsers = [newBrowser(), newBrowser(), newBrowser()];
    const callbacks: URL[] = [];
    for (const browser of browsers)
      callbacks.push(await browser.followToCallback(await begun(browser)));
    const answers = await Promise.all(
      browsers.map((browser, index) => browser.comeBack(callbacks[index] as URL)),
    );
    expect(answers.map((answer) => answer.headers.get("location"))).toEqual(["/", "/", "/"]);
    const people = await bench.context.db
      .selectFrom("people")
      .select("id")
      .where("name", "=", "Twin")
      .execute();
    expect(people).toHaveLength(1);
  });

  it("proves itself by form where the provider takes no other way", async () => {
    issuer.intercept = (request, response) => {
      if (!request.url?.startsWith("/.well-known/openid-configuration")) return false;
      const at = (path: string) => `${issuer.address}${path}`;
      response.setHeader("content-type", "application/json").end(
        JSON.stringify({
          issuer: issuer.address,
          authorization_endpoint: at("/auth"),
          token_endpoint: at("/token"),
          jwks_uri: at("/jwks"),
          userinfo_endpoint: at("/me"),
          token_endpoint_auth_methods_supported: ["client_secret_post"],
        }),
      );
      return true;
    };
    await bench.provide([settings({ name: "thin", clientId: "thin" })]);
    expect((await signIn(newBrowser(), {}, "thin")).location).toBe("/");
  });

  it("asks the provider what it is like once, and again after it failed to say", async () => {
    const path = "/.well-known/openid-configuration";
    const other = await startIssuer([callbackOf("idp")]);
    try {
      other.account = ana;
      await bench.provide([settings({ issuer: other.address })]);
      other.intercept = (request, response) => {
        if (request.url !== path) return false;
        response.writeHead(503).end("busy");
        return true;
      };
      const refused = await newBrowser().begin("idp");
      expect(refused.status).toBe(503);
      expect(await refused.json()).toMatchObject({ code: "sign_in_unavailable" });
      expect(other.asked.get(path)).toBe(2);

      // The first try of the next sign-in breaks, its second does not.
      other.intercept = (request, response) => {
        if (request.url !== path || (other.asked.get(path) ?? 0) > 3) return false;
        response.destroy();
        return true;
      };
      expect((await signIn()).location).toBe("/");
      expect((await signIn()).location).toBe("/");
      expect(other.asked.get(path)).toBe(4);
    } finally {
      await other.close();
    }
  });
});

describe("who is let in", () => {
  it("by invitation, with its role, once", async () => {
    await bench.provide([settings({ admit: "invited" })]);
    issuer.account = { sub: "invited", claims: { name: "Iris", email: "i@x.org" } };
    expect((await signIn()).location).toBe("/sign-in?problem=not_invited");
    const invitation = await bench.invited();
    const { browser, location } = await signIn(newBrowser(), { invitation });
    expect(location).toBe("/");
    expect(await bench.whoIs(browser.cookies(pushline))).toMatchObject({ role: "editor" });
    expect(await bench.audited("invitation.accepted")).toHaveLength(1);

    issuer.account = { sub: "late", claims: { name: "Late" } };
    expect((await signIn(newBrowser(), { invitation })).location).toBe(
      "/sign-in?problem=invitation_expired",
    );
    // Who has an account needs no invitation any more.
    issuer.account = { sub: "invited", claims: { name: "Iris" } };
    expect((await signIn()).location).toBe("/");
  });

  it("refuses a disabled person", async () => {
    issuer.account = { sub: "gone", claims: { name: "Gone" } };
    const { browser } = await signIn();
    const person = await bench.whoIs(browser.cookies(pushline));
    await bench.context.db
      .updateTable("people")
      .set({ disabled_at: new Date() })
      .where("id", "=", person?.id ?? "")
      .execute();
    const again = await signIn();
    expect(again.location).toBe("/sign-in?problem=account_disabled");
    expect(again.browser.cookies(pushline).size).toBe(0);
  });

  it.each([
    ["verified, of the domain", { email: "dora@Acme.com", email_verified: true }, "/"],
    ["not verified", { email: "dora@acme.com", email_verified: false }, "email_not_verified"],
    [
      "verified as text only",
      { email: "dora@acme.com", email_verified: "true" },
      "email_not_verified",
    ],
    ["none", {}, "email_not_verified"],
    ["of another domain", { email: "dora@evil.com", email_verified: true }, "domain_not_allowed"],
    [
      "of a domain that ends alike",
      { email: "d@notacme.com", email_verified: true },
      "domain_not_allowed",
    ],
    [
      "with two at signs",
      { email: "d@acme.com@evil.com", email_verified: true },
      "domain_not_allowed",
    ],
  ])("with domains named, an e-mail address %s", async (_what, claims, outcome) => {
    await bench.provide([settings({ domains: ["acme.com"] })]);
    issuer.account = { sub: `domains ${_what}`, claims: { name: "Dora", ...claims } };
    const expected = outcome === "/" ? "/" : `/sign-in?problem=${outcome}`;
    expect((await signIn()).location).toBe(expected);
  });

  it("adds the provider to the account that asked, and to no other", async () => {
    issuer.account = { sub: "linked", claims: { name: "By provider" } };
    const { browser } = await signIn();
    const other = { ...ana, sub: "second-identity" };
    issuer.account = other;
    const asked = (await (
      await browser.link("idp", { next: "/settings/account?tab=1" })
    ).json()) as {
      address: string;
    };
    // The issuer still knows the first: sign out there.
    browser.cookies(issuer.address).clear();
    expect(await browser.follow(asked.address)).toBe("/settings/account?tab=1");
    const person = await bench.whoIs(browser.cookies(pushline));
    const elsewhere = await signIn();
    expect((await bench.whoIs(elsewhere.browser.cookies(pushline)))?.id).toBe(person?.id);
    expect(await bench.audited("account.identity_linked")).toHaveLength(1);

    // Somebody else's identity stays theirs.
    issuer.account = ana;
    await signIn();
    const again = (await (await browser.link("idp")).json()) as { address: string };
    browser.cookies(issuer.address).clear();
    expect(await browser.follow(again.address)).toBe("/settings/account?problem=identity_taken");

    // Who signed out meanwhile asked for nothing.
    const third = (await (await browser.link("idp")).json()) as { address: string };
    browser.cookies(pushline).delete("pushline_session");
    expect(await browser.follow(third.address)).toBe("/settings/account?problem=state_mismatch");
    expect((await newBrowser().link("idp")).status).toBe(401);

    // Nor did whoever is signed in meanwhile.
    const fourth = (await (await elsewhere.browser.link("idp")).json()) as { address: string };
    issuer.account = { sub: "nobodys-yet", claims: {} };
    const bob = newBrowser();
    await bob.follow(await begun(bob));
    for (const [name, value] of elsewhere.browser.cookies(pushline))
      if (name === "pushline_sign_in") bob.cookies(pushline).set(name, value);
    expect(await bob.follow(fourth.address)).toBe("/settings/account?problem=state_mismatch");
  });
});
