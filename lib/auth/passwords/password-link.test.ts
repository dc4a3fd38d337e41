import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import type { Role } from "@/lib/auth/actor";
import { deriveKey } from "@/lib/auth/passwords/derive-key";
import { addPassword } from "@/lib/auth/people/add-person";
import { offerRecovery } from "@/lib/auth/set-up/offer-set-up";
import { cheapHash, signedIn } from "@/lib/auth/testing";
import { fixedClock } from "@/lib/clock";
import { defaultConfig } from "@/lib/config";
import type { Context } from "@/lib/context";
import {
  changePasswordRoute,
  readMeRoute,
  setNewPasswordRoute,
  setUpRoute,
  signInRoute,
} from "@/lib/http/routes/account";
import {
  changePersonRoute,
  makePasswordLinkRoute,
  removePersonRoute,
} from "@/lib/http/routes/people";
import { askRoute as ask } from "@/lib/http/testing/ask-route";
import { testContext } from "@/lib/testing/context";

// As it is, and counted.
vi.mock("@/lib/auth/passwords/derive-key", { spy: true });

const noon = new Date("2026-11-21T12:00:00Z");
const dayMilliseconds = 24 * 3_600_000;
const former = "quince marmalade";
const chosen = "nine plums on a shelf";

let database: TestDatabase;
let context: Context;
let admin: Awaited<ReturnType<typeof withPassword>>;
let grace: Awaited<ReturnType<typeof withPassword>>;

beforeEach(async () => {
  database = await testDatabase();
  context = await testContext(database, {}, { clock: fixedClock(noon) });
  admin = await withPassword("Ada", "admin");
  grace = await withPassword("Grace", "viewer");
});
afterEach(async () => {
  vi.clearAllMocks();
  await database.close();
});

/** Somebody who signs in as `<name>@example.com` with the former password, and did. */
async function withPassword(name: string, role: Role) {
  const { person, cookie } = await signedIn(context, { name, role });
  const email = person.email ?? "";
  const hash = cheapHash(former);
  await addPassword(context.db, context, { person: person.id, email, hash });
  return { person, cookie, email };
}

const withoutPasswords = () =>
  testContext(
    database,
    { signIn: { ...defaultConfig.signIn, password: false } },
    { clock: fixedClock(noon) },
  );
const later = (milliseconds: number): Context => ({
  ...context,
  clock: fixedClock(new Date(noon.getTime() + milliseconds)),
});
const makeLink = (id = grace.person.id, cookie = admin.cookie, at = context) =>
  ask(at, makePasswordLinkRoute, { parameters: { id }, cookie });
const change = (id: string, body: object, cookie = admin.cookie) =>
  ask(context, changePersonRoute, { parameters: { id }, body, cookie });
async function linkFor(id = grace.person.id, cookie = admin.cookie): Promise<string> {
  return new URL((await makeLink(id, cookie)).body.address).hash.slice(1);
}
const setPassword = (token: string, password = chosen, at = context) =>
  ask(at, setNewPasswordRoute, { body: { token, password } });
const signIn = (password: string, { email } = grace, address = "203.0.113.7") =>
  ask(context, signInRoute, { body: { email, password }, address });
const me = (cookie: string) => ask(context, readMeRoute, { cookie });
const audited = (action: string) =>
  database.db
    .selectFrom("audit")
    .select(["actor", "subject", "details"])
    .where("action", "=", action)
    .execute();
const links = () => database.db.selectFrom("password_links").selectAll().execute();

describe("POST /api/v1/people/{id}/password-link", () => {
  it("201 with an address for 24 hours, of which only the hash is kept, and it is audited", async () => {
    const made = await makeLink();
    expect(made.status).toBe(201);
    expect(made.body.expiresAt).toBe("2026-11-22T12:00:00.000Z");
    const [address = "", token = ""] = made.body.address.split("#");
    expect(address).toBe("http://127.0.0.1:3000/new-password");
    expect(Buffer.from(token, "base64url").byteLength).toBe(32);
    expect(await links()).toMatchObject([{ person_id: grace.person.id, made_by: admin.person.id }]);
    const kept = JSON.stringify([
      await links(),
      await database.db.selectFrom("audit").selectAll().execute(),
    ]);
    expect(kept).not.toContain(token);
    expect(await audited("account.password_link_made")).toEqual([
      {
        actor: "Ada",
        subject: grace.person.id,
        details: { name: "Grace", expiresAt: "2026-11-22T12:00:00.000Z" },
      },
    ]);
  });

  it("201 for another admin, audited alike", async () => {
    const other = await withPassword("Bo", "admin");
    expect((await makeLink(other.person.id)).status).toBe(201);
    expect(await audited("account.password_link_made")).toMatchObject([
      { actor: "Ada", subject: other.person.id },
    ]);
  });

  it("201 again, and of all that were made, at once or in turn, one holds", async () => {
    const first = await linkFor();
    const atOnce = await Promise.all([linkFor(), linkFor(), linkFor()]);
    expect(await links()).toHaveLength(1);
    const statuses = [];
    for (const token of [first, ...atOnce]) statuses.push((await setPassword(token)).status);
    expect(statuses[0]).toBe(410);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  it("409 for oneself, who has the account page", async () => {
    const refused = await makeLink(admin.person.id);
    expect(refused.body).toMatchObject({ status: 409, code: "conflict" });
    expect(refused.body.detail).toContain("Settings → Account");
  });

  it("409 for whoever signs in by a provider alone, and says by which", async () => {
    const issuer = "https://acme.okta.example";
    await database.db
      .updateTable("identities")
      .set({ issuer, password_hash: null })
      .where("person_id", "=", grace.person.id)
      .execute();
    const refused = await makeLink();
    expect(refused.body).toMatchObject({ status: 409, code: "conflict" });
    expect(refused.body.detail).toContain(`Grace has no password here; they sign in by ${issuer}`);
    expect(await links()).toEqual([]);
  });

  it("409 for whoever is disabled, 404 for nobody, 403 where passwords are off", async () => {
    await change(grace.person.id, { disabled: true });
    const refused = await makeLink();
    expect(refused.body).toMatchObject({ status: 409, code: "conflict" });
    expect((await makeLink("nobody")).status).toBe(404);
    const other = await withPassword("Bo", "viewer");
    const without = await withoutPasswords();
    expect((await makeLink(other.person.id, admin.cookie, without)).status).toBe(403);
    expect(await links()).toEqual([]);
  });
});

describe("POST /api/v1/new-password", () => {
  it("200: the new password holds, the former does not, and every session before it has ended", async () => {
    const set = await setPassword(await linkFor());
    expect([set.status, set.body.person]).toMatchObject([
      200,
      { id: grace.person.id, name: "Grace", role: "viewer" },
    ]);
    expect((await me(grace.cookie)).status).toBe(401);
    expect((await me(set.cookie)).body).toMatchObject({ kind: "person", email: grace.email });
    expect((await me(admin.cookie)).status).toBe(200);
    expect((await signIn(former)).status).toBe(401);
    expect((await signIn(chosen)).status).toBe(200);
    expect(await audited("account.password_reset")).toMatchObject([
      { actor: "Grace", subject: grace.person.id },
    ]);
  });

  it("410 a second time, and the first password stays", async () => {
    const token = await linkFor();
    expect((await setPassword(token)).status).toBe(200);
    expect((await setPassword(token, "another one of them")).body).toMatchObject({
      status: 410,
      code: "expired",
    });
    expect((await signIn(chosen)).status).toBe(200);
  });

  it("410 from the 24th hour on, 200 before it", async () => {
    const token = await linkFor();
    expect((await setPassword(token, chosen, later(dayMilliseconds))).status).toBe(410);
    expect((await setPassword(token, chosen, later(dayMilliseconds - 1))).status).toBe(200);
  });

  it("410 for all but one of 20 at once, which make one hash together", async () => {
    const token = await linkFor();
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, index) => setPassword(token, `${chosen} ${index}`)),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(410)]);
    expect(deriveKey).toHaveBeenCalledTimes(1);
    const sessions = await database.db
      .selectFrom("sessions")
      .select("id")
      .where("person_id", "=", grace.person.id)
      .execute();
    expect(sessions).toHaveLength(1);
    expect(await audited("account.password_reset")).toHaveLength(1);
  });

  it("410 for a token that never was, and no hash is made", async () => {
    expect((await setPassword("A".repeat(43))).status).toBe(410);
    expect(deriveKey).not.toHaveBeenCalled();
  });

  it("410 once its person is disabled, also when they are enabled again", async () => {
    const token = await linkFor();
    await change(grace.person.id, { disabled: true });
    expect((await setPassword(token)).status).toBe(410);
    await change(grace.person.id, { disabled: false });
    expect((await setPassword(token)).status).toBe(410);
    expect((await signIn(former)).status).toBe(200);
  });

  it("410 for someone who was disabled though the link is still there", async () => {
    const token = await linkFor();
    await database.db
      .updateTable("people")
      .set({ disabled_at: noon })
      .where("id", "=", grace.person.id)
      .execute();
    expect((await setPassword(token)).status).toBe(410);
  });

  it("410 once the admin who made it is admin no more, or gone", async () => {
    const [bo, cy] = [await withPassword("Bo", "admin"), await withPassword("Cy", "admin")];
    const ofBo = await linkFor(grace.person.id, bo.cookie);
    await change(bo.person.id, { role: "viewer" });
    expect((await setPassword(ofBo)).status).toBe(410);
    const ofCy = await linkFor(grace.person.id, cy.cookie);
    const parameters = { id: cy.person.id };
    await ask(context, removePersonRoute, { parameters, cookie: admin.cookie });
    expect((await setPassword(ofCy)).status).toBe(410);
  });

  it("410 once they changed their password themselves, or the shell recovered the account", async () => {
    const token = await linkFor();
    const body = { current: former, next: chosen };
    const changed = await ask(context, changePasswordRoute, { body, cookie: grace.cookie });
    expect(changed.status).toBe(200);
    expect((await setPassword(token)).status).toBe(410);
    const further = await linkFor();
    const recovery = await offerRecovery(context, "http://127.0.0.1:3000");
    const { email } = grace;
    const account = { name: "Grace", email, password: "seven grey geese", token: "" };
    account.token = new URL(recovery).hash.slice(1);
    expect((await ask(context, setUpRoute, { body: account })).status).toBe(201);
    expect((await setPassword(further)).status).toBe(410);
  });

  it("400 for a weak password, by their own name too, and the link still holds", async () => {
    const token = await linkFor();
    for (const weak of ["short", "password1234", "Grace@example.com"]) {
      const refused = await setPassword(token, weak);
      expect([weak, refused.status, refused.body.field]).toEqual([weak, 400, "password"]);
    }
    expect((await setPassword(token)).status).toBe(200);
  });

  it("403 where only providers sign people in", async () => {
    const token = await linkFor();
    const without = await withoutPasswords();
    expect((await setPassword(token, chosen, without)).status).toBe(403);
  });

  it("200 clears what was counted against the account, here and elsewhere", async () => {
    const elsewhere = "198.51.100.9";
    // From where somebody signed in, their account is counted apart.
    expect((await signIn(former)).status).toBe(200);
    for (const address of ["203.0.113.7", elsewhere])
      for (let guess = 0; guess < 5; guess += 1)
        await signIn("not the right phrase", grace, address);
    for (const address of ["203.0.113.7", elsewhere])
      expect((await signIn(former, grace, address)).status).toBe(429);
    expect((await setPassword(await linkFor())).status).toBe(200);
    expect((await signIn(chosen, grace, elsewhere)).status).toBe(200);
    expect((await signIn(chosen)).status).toBe(200);
  });
});
