import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { addPassword, addPerson } from "@/lib/auth/people/add-person";
import { cheapHash, signedIn } from "@/lib/auth/testing";
import { fixedClock } from "@/lib/clock";
import { defaultConfig } from "@/lib/config";
import type { Context } from "@/lib/context";
import { readMeRoute, readSignInWaysRoute, signInRoute } from "@/lib/http/routes/account";
import { type Answered, askRoute as ask } from "@/lib/http/testing/ask-route";
import { testContext } from "@/lib/testing/context";

const noon = new Date("2026-11-21T12:00:00Z");
const password = "quince marmalade";

let database: TestDatabase;
let context: Context;

beforeEach(async () => {
  database = await testDatabase();
  context = await testContext(database, {}, { clock: fixedClock(noon) });
});
afterEach(() => database.close());

const later = (seconds: number): Context => ({
  ...context,
  clock: fixedClock(new Date(noon.getTime() + seconds * 1_000)),
});

/** An admin with a password, so that the instance is set up. */
async function withAccount(email = "Ada@Example.com") {
  const person = await addPerson(context.db, context, { name: "Ada", email, role: "admin" });
  await addPassword(context.db, context, { person: person.id, email, hash: cheapHash(password) });
  return person;
}

const signIn = (
  given: { email?: string; password?: string } = {},
  { at = context, address, cookie }: { at?: Context; address?: string; cookie?: string } = {},
): Promise<Answered> =>
  ask(at, signInRoute, {
    body: { email: "ada@example.com", password, ...given },
    address,
    cookie,
  });
const wrong = "not the right phrase";
const me = (cookie: string, at: Context = context) => ask(at, readMeRoute, { cookie });
const failures = (answers: Answered[]) => answers.filter(({ status }) => status === 401).length;

describe("GET /api/v1/sign-in", () => {
  it("tells the ways in, and of a provider nothing but its name", async () => {
    const provider = {
      name: "okta",
      kind: "oidc" as const,
      issuer: "https://acme.okta.example",
      clientId: "client-of-acme",
      clientSecret: "secret-of-acme",
      scopes: ["openid"],
      admit: "invited" as const,
      role: "viewer" as const,
      domains: [],
    };
    context = await testContext(database, {
      signIn: { ...defaultConfig.signIn, providers: [provider] },
    });
    const answer = await ask(context, readSignInWaysRoute);
    expect(answer.body).toEqual({
      setUpNeeded: true,
      password: true,
      providers: [{ name: "okta", title: "okta", kind: "oidc", admit: "invited" }],
    });
  });
});

describe("POST /api/v1/sign-in", () => {
  it("403 until there is an admin", async () => {
    expect((await signIn()).body).toMatchObject({ status: 403, code: "set_up_needed" });
  });

  it("403 where only providers sign people in", async () => {
    await withAccount();
    context = await testContext(database, {
      signIn: { ...defaultConfig.signIn, password: false },
    });
    expect((await signIn()).status).toBe(403);
  });

  it("200 however the e-mail is capitalised and spaced, and the cookie says who it is", async () => {
    const person = await withAccount();
    const entered = await signIn({ email: "  ADA@example.COM " });
    expect([entered.status, entered.body.person.id]).toEqual([200, person.id]);
    expect((await me(entered.cookie)).body).toMatchObject({
      kind: "person",
      email: "Ada@Example.com",
      hasPassword: true,
      can: { write: true, manage: true, admin: true },
    });
    const audit = await database.db.selectFrom("audit").selectAll().execute();
    expect(audit).toMatchObject([
      { action: "account.signed_in", actor: "Ada", address: "203.0.113.7" },
    ]);
  });

  it("401 in the same words for a wrong password, an unknown e-mail and someone disabled", async () => {
    const { id } = await withAccount();
    await signedIn(context, { role: "admin" });
    const wrongPassword = await signIn({ password: wrong });
    const unknown = await signIn({ email: "nobody@example.com" });
    await database.db
      .updateTable("people")
      .set({ disabled_at: noon })
      .where("id", "=", id)
      .execute();
    const disabled = await signIn();
    expect(wrongPassword.body).toMatchObject({ status: 401, code: "wrong_credentials" });
    expect(unknown.body).toEqual(wrongPassword.body);
    expect(disabled.body).toEqual(wrongPassword.body);
    expect(wrongPassword.cookie).toBe("");
    const audit = await database.db.selectFrom("audit").selectAll().orderBy("id").execute();
    expect(audit.map(({ action, subject }) => [action, subject])).toEqual([
      ["account.sign_in_failed", "ada@example.com"],
      ["account.sign_in_failed", "nobody@example.com"],
      ["account.sign_in_failed", "ada@example.com"],
    ]);
  });

  it.each([
    ["an e-mail that is none", { email: "ada" }],
    ["NUL in the e-mail", { email: "a\u0000@example.com" }],
    ["a lone surrogate in the password", { password: "\ud800 and more of it" }],
    ["a password beyond all bounds", { password: "a".repeat(1_001) }],
  ])("400 for %s", async (_what, given) => {
    await withAccount();
    expect((await signIn(given)).status).toBe(400);
  });
});

describe("a session", () => {
  it("is new at each sign-in; one planted before is worth nothing, one held before ends", async () => {
    await withAccount();
    const planted = "pushline_session=planted-by-someone-else";
    const first = await signIn({}, { cookie: planted });
    expect((await me(planted)).status).toBe(401);
    const second = await signIn({}, { cookie: first.cookie });
    expect(second.cookie).not.toBe(first.cookie);
    expect((await me(first.cookie)).status).toBe(401);
    expect((await me(second.cookie)).status).toBe(200);
  });

  it("ends after 7 days without a request", async () => {
    const { cookie } = await signedIn(context);
    const day = 86_400;
    expect((await me(cookie, later(7 * day))).status).toBe(401);
    expect((await me(cookie, later(7 * day - 1))).status).toBe(200);
    expect((await me(cookie, later(14 * day - 2))).status).toBe(200);
  });

  it("ends after 30 days however much it is used", async () => {
    const { cookie } = await signedIn(context);
    const day = 86_400;
    for (let days = 5; days < 30; days += 5)
      expect((await me(cookie, later(days * day))).status).toBe(200);
    expect((await me(cookie, later(30 * day - 1))).status).toBe(200);
    expect((await me(cookie, later(30 * day))).status).toBe(401);
  });

  it("is kept as a hash alone", async () => {
    const { cookie } = await signedIn(context);
    const kept = JSON.stringify(await database.db.selectFrom("sessions").selectAll().execute());
    expect(kept).not.toContain(cookie.split("=")[1]);
  });

  it("has a cookie bound to the host over TLS", async () => {
    await withAccount();
    const site = { ...context.site, baseUrl: "https://pushline.example.com" };
    const entered = await ask({ ...context, site }, signInRoute, {
      body: { email: "ada@example.com", password },
      origin: site.baseUrl,
    });
    expect(entered.headers.get("set-cookie")).toMatch(
      /^__Host-pushline_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure$/,
    );
  });
});

describe("32 guesses at once", () => {
  it("at one account make 5; then even the right password waits, and clears the account", async () => {
    await withAccount();
    const guess = (count: number, at: Context) =>
      Promise.all(Array.from({ length: count }, () => signIn({ password: wrong }, { at })));
    const answers = await guess(32, context);
    expect(failures(answers)).toBe(5);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(27);
    // Some of so many are refused for their address already.
    const ofAccount = refused.find(({ body }) =>
      /5 failed sign-ins of one account within 15 minutes/.test(body.detail),
    );
    expect(ofAccount?.headers.get("retry-after")).toBe("30");
    expect((await signIn({}, { at: later(29) })).status).toBe(429);
    expect((await signIn({}, { at: later(30) })).status).toBe(200);
    expect(failures(await guess(1, later(31)))).toBe(1);
  });
});
