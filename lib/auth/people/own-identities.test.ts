import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { addPassword, type PersonRow } from "@/lib/auth/people/add-person";
import { openSession } from "@/lib/auth/sessions/sessions";
import { recoverAccount } from "@/lib/auth/set-up/recover-account";
import { linkIdentity } from "@/lib/auth/sign-in/providers/admit";
import { cheapHash, cookieOf, signedIn } from "@/lib/auth/testing";
import { fixedClock } from "@/lib/clock";
import { defaultConfig } from "@/lib/config";
import type { Context } from "@/lib/context";
import { readMeRoute } from "@/lib/http/routes/account";
import { linkProviderRoute, unlinkProviderRoute } from "@/lib/http/routes/sign-in-providers";
import { askRoute as ask } from "@/lib/http/testing/ask-route";
import { testContext } from "@/lib/testing/context";

const noon = new Date("2026-11-21T12:00:00Z");
const password = "quince marmalade";
const email = "ada@example.com";
const github = "https://github.com";
const client = { clientId: "c", clientSecret: "s", admit: "invited", role: "viewer" } as const;
const ways = {
  ...defaultConfig.signIn,
  providers: [
    { ...client, name: "gh", kind: "github" as const, url: github, organizations: [] },
    {
      ...client,
      name: "idp",
      kind: "oidc" as const,
      issuer: "https://idp.example.com",
      scopes: ["openid"],
      domains: [],
    },
  ],
};

let database: TestDatabase | undefined;
let context: Context;
let ada: PersonRow;
let cookie: string;
beforeEach(async () => {
  await database?.close();
  database = await testDatabase();
  context = await testContext(database, { signIn: ways }, { clock: fixedClock(noon) });
  ({ person: ada, cookie } = await signedIn(context, { role: "admin", name: "Ada" }));
});
afterAll(() => database?.close());

const later = (minutes: number): Context => ({
  ...context,
  clock: fixedClock(new Date(noon.getTime() + minutes * 60_000)),
});
const setPassword = () =>
  addPassword(context.db, context, { person: ada.id, email, hash: cheapHash(password) });
const hold = (issuer: string, subject = "1") =>
  linkIdentity(context.db, context, ada.id, { issuer, subject, name: "Ada", email: null });
const link = (at: Context, body: object = {}) =>
  ask(at, linkProviderRoute, { parameters: { provider: "gh" }, body, cookie });
const unlink = (provider: string, at = context) =>
  ask(at, unlinkProviderRoute, { parameters: { provider }, cookie });
const held = async () => {
  const rows = await context.db
    .selectFrom("identities")
    .select("issuer")
    .orderBy("issuer")
    .execute();
  return rows.map(({ issuer }) => issuer);
};

describe("POST /api/v1/me/identities/{provider}", () => {
  it("200 within 10 minutes of signing in, 403 after them, whoever holds the session", async () => {
    expect((await link(later(9))).status).toBe(200);
    const late = await link(later(11));
    expect([late.status, late.body.code, late.body.field]).toEqual([403, "forbidden", undefined]);
    expect(late.headers.get("set-cookie")).toBeNull();
  });

  it("200 with the password at any time, 401 with another, 429 after five of them", async () => {
    await setPassword();
    expect((await link(later(11))).body).toMatchObject({ code: "forbidden", field: "password" });
    expect((await link(later(11), { password })).status).toBe(200);
    for (let guess = 0; guess < 5; guess += 1)
      expect((await link(later(11), { password: "not this phrase" })).body).toMatchObject({
        code: "wrong_credentials",
        field: "password",
      });
    expect((await link(later(11), { password })).status).toBe(429);
  });
});

describe("DELETE /api/v1/me/identities/{provider}", () => {
  it("200, ends what was begun by it elsewhere, and is in the audit", async () => {
    await setPassword();
    await hold(github);
    await hold(github, "a second account there");
    const thief = { person: ada.id, issuer: github, userAgent: null };
    const stolen = cookieOf(await openSession(context.db, context, thief));
    expect((await unlink("gh")).status).toBe(200);
    expect(await held()).toEqual(["password"]);
    expect((await ask(context, readMeRoute, { cookie: stolen })).status).toBe(401);
    expect((await ask(context, readMeRoute, { cookie })).status).toBe(200);
    const audit = await context.db.selectFrom("audit").select(["action", "actor_id"]).execute();
    expect(audit).toContainEqual({ action: "account.identity_unlinked", actor_id: ada.id });
    expect((await unlink("gh")).status).toBe(404);
  });

  it("409 for the last way in, be the others of a provider that is gone or by a password nobody takes", async () => {
    await hold(github);
    await hold("https://gone.example.com");
    expect((await unlink("gh")).status).toBe(409);
    await setPassword();
    const without = await testContext(
      database as TestDatabase,
      { signIn: { ...ways, password: false } },
      { clock: fixedClock(noon) },
    );
    expect((await unlink("gh", without)).status).toBe(409);
    expect((await unlink("gh")).status).toBe(200);
  });

  it("leaves a way in when two are unlinked at once", async () => {
    await hold(github);
    await hold("https://idp.example.com");
    const both = await Promise.all([unlink("gh"), unlink("idp")]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await held()).toHaveLength(1);
  });

  it("404 for a provider of pushline.yaml that is not linked, and for none", async () => {
    await setPassword();
    expect((await unlink("gh")).status).toBe(404);
    expect((await unlink("nobody")).status).toBe(404);
  });
});

describe("GET /api/v1/me", () => {
  it("200 with every way in, those that pushline.yaml no longer has too", async () => {
    await hold(github);
    await hold("https://gone.example.com");
    const { identities } = (await ask(context, readMeRoute, { cookie })).body;
    const since = noon.toISOString();
    expect(identities).toEqual([
      { issuer: github, provider: "gh", since },
      { issuer: "https://gone.example.com", provider: null, since },
    ]);
  });
});

it("a recovered account is entered by its new password alone", async () => {
  await setPassword();
  await hold(github);
  const other = await signedIn(context, { name: "Grace" });
  await linkIdentity(context.db, context, other.person.id, {
    issuer: github,
    subject: "2",
    name: "Grace",
    email: null,
  });
  await context.db
    .transaction()
    .execute((trx) =>
      recoverAccount(trx, context, { name: "Ada", email, hash: cheapHash("another phrase") }),
    );
  const rows = await context.db.selectFrom("identities").select(["person_id", "issuer"]).execute();
  expect(rows).toHaveLength(2);
  expect(rows).toContainEqual({ person_id: ada.id, issuer: "password" });
  expect(rows).toContainEqual({ person_id: other.person.id, issuer: github });
});
