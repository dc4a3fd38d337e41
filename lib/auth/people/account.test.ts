import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { addPassword } from "@/lib/auth/people/add-person";
import { readSession } from "@/lib/auth/sessions/sessions";
import { cheapHash, signedIn } from "@/lib/auth/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import {
  changeNameRoute,
  changePasswordRoute,
  endOtherSessionsRoute,
  endOwnSessionRoute,
  listOwnSessionsRoute,
  readMeRoute,
  signInRoute,
  signOutRoute,
} from "@/lib/http/routes/account";
import { listAuditRoute } from "@/lib/http/routes/audit";
import { askRoute as ask } from "@/lib/http/testing/ask-route";
import { testContext } from "@/lib/testing/context";

const noon = new Date("2026-11-21T12:00:00Z");
const password = "quince marmalade";
const email = "ada@example.com";

let database: TestDatabase;
let context: Context;
let first: string;
let second: string;

beforeEach(async () => {
  database = await testDatabase();
  context = await testContext(database, {}, { clock: fixedClock(noon) });
  const { person, cookie } = await signedIn(context, { role: "admin", name: "Ada" });
  await addPassword(database.db, context, {
    person: person.id,
    email,
    hash: cheapHash(password),
  });
  first = cookie;
  second = (await signIn(password)).cookie;
});
afterEach(() => database.close());

const signIn = (given: string) => ask(context, signInRoute, { body: { email, password: given } });
const me = (cookie: string) => ask(context, readMeRoute, { cookie });
const sessions = async (cookie: string) =>
  (await ask(context, listOwnSessionsRoute, { cookie })).body.items as {
    id: string;
    current: boolean;
  }[];

describe("GET /api/v1/me", () => {
  it("200 for a person, 401 for nobody", async () => {
    expect((await me(first)).body).toEqual({
      kind: "person",
      name: "Ada",
      email,
      role: "admin",
      teams: {},
      scopes: null,
      reach: null,
      hasPassword: true,
      identities: [{ issuer: "password", provider: null, since: "2026-11-21T12:00:00.000Z" }],
      can: { write: true, manage: true, admin: true },
    });
    expect((await me("")).status).toBe(401);
  });
});

describe("PUT /api/v1/me", () => {
  it("200 and the new name is there", async () => {
    await ask(context, changeNameRoute, { body: { name: " Ada L. " }, cookie: first });
    expect((await me(first)).body.name).toBe("Ada L.");
  });

  it("keeps what one did before and after together in the audit, under either name", async () => {
    await ask(context, changeNameRoute, { body: { name: "Somebody else" }, cookie: first });
    await ask(context, changeNameRoute, { body: { name: "Ada" }, cookie: first });
    const self = await readSession(context, first);
    const { body } = await ask(context, listAuditRoute, {
      query: `actorId=${self?.id}&action=person.changed`,
      cookie: first,
    });
    expect(body.items.map(({ actor }: { actor: string }) => actor)).toEqual([
      "Somebody else",
      "Ada",
    ]);
  });
});

describe("PUT /api/v1/me/password", () => {
  const next = "a wholly new phrase";
  const change = (body: object, cookie = first) =>
    ask(context, changePasswordRoute, { body: { current: password, next, ...body }, cookie });

  it("200, ends the other sessions and keeps this one; only the new password signs in", async () => {
    expect((await change({})).status).toBe(200);
    expect((await me(first)).status).toBe(200);
    expect((await me(second)).status).toBe(401);
    expect((await signIn(password)).status).toBe(401);
    expect((await signIn(next)).status).toBe(200);
    const audit = await database.db.selectFrom("audit").select("action").execute();
    expect(audit.map(({ action }) => action)).toContain("account.password_changed");
  });

  it("401 for a wrong current password, 429 after five, and nothing ends", async () => {
    for (let guess = 0; guess < 5; guess += 1)
      expect((await change({ current: "not the right phrase" })).status).toBe(401);
    expect((await change({})).status).toBe(429);
    expect((await me(second)).status).toBe(200);
    const failed = await database.db
      .selectFrom("audit")
      .select(["actor", "address"])
      .where("action", "=", "account.proof_failed")
      .execute();
    expect(failed).toEqual(Array(5).fill({ actor: "Ada", address: "203.0.113.7" }));
  });

  it("400 for a weak one, 409 for whoever has none", async () => {
    expect((await change({ next: "short" })).body).toMatchObject({ status: 400, field: "next" });
    const other = await signedIn(context);
    expect((await change({}, other.cookie)).status).toBe(409);
  });
});

describe("one's sessions", () => {
  it("200 with which of them asks, from where and by what browser", async () => {
    expect(await sessions(second)).toHaveLength(2);
    const current = (await sessions(second)).find((session) => session.current);
    expect(current).toMatchObject({
      issuer: "password",
      address: "203.0.113.7",
      userAgent: "a test's browser",
      expiresAt: "2026-12-21T12:00:00.000Z",
    });
  });

  it("200 for ending one; 404 for another's", async () => {
    const other = (await sessions(first)).find(({ current }) => !current)?.id ?? "";
    const stranger = await signedIn(context);
    const end = (cookie: string) =>
      ask(context, endOwnSessionRoute, { parameters: { id: other }, cookie });
    expect((await end(stranger.cookie)).status).toBe(404);
    expect((await me(second)).status).toBe(200);
    expect((await end(first)).status).toBe(200);
    expect((await me(second)).status).toBe(401);
  });

  it("200 for ending all others", async () => {
    const ended = await ask(context, endOtherSessionsRoute, { cookie: first });
    expect(ended.body).toEqual({ ended: 1 });
    expect([(await me(first)).status, (await me(second)).status]).toEqual([200, 401]);
  });
});

describe("POST /api/v1/sign-out", () => {
  it("200, has the browser forget, and the session is over on the server too", async () => {
    const out = await ask(context, signOutRoute, { cookie: first });
    expect(out.headers.get("set-cookie")).toMatch(/^pushline_session=; Path=\/; Max-Age=0;/);
    expect((await me(first)).status).toBe(401);
    expect((await me(second)).status).toBe(200);
  });
});
