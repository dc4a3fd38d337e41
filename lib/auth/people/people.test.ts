import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import type { Role } from "@/lib/auth/actor";
import { signedIn } from "@/lib/auth/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { readMeRoute } from "@/lib/http/routes/account";
import {
  acceptInvitationRoute,
  changeMemberRoute,
  changePersonRoute,
  endSessionsOfRoute,
  findInvitationRoute,
  inviteRoute,
  listInvitationsRoute,
  listPeopleRoute,
  removePersonRoute,
  withdrawInvitationRoute,
} from "@/lib/http/routes/people";
import { askRoute as ask } from "@/lib/http/testing/ask-route";
import { testContext } from "@/lib/testing/context";

const noon = new Date("2026-11-21T12:00:00Z");

let database: TestDatabase;
let context: Context;
let admin: Awaited<ReturnType<typeof signedIn>>;

beforeEach(async () => {
  database = await testDatabase();
  const teams = [
    { name: "payments", timezone: "UTC" },
    { name: "storefront", timezone: "UTC" },
  ];
  context = await testContext(database, { teams }, { clock: fixedClock(noon) });
  admin = await signedIn(context, { role: "admin", name: "Ada" });
});
afterEach(() => database.close());

const daysLater = (days: number): Context => ({
  ...context,
  clock: fixedClock(new Date(noon.getTime() + days * 86_400_000)),
});
const change = (id: string, body: object, cookie = admin.cookie) =>
  ask(context, changePersonRoute, { parameters: { id }, body, cookie });
const remove = (id: string, cookie = admin.cookie) =>
  ask(context, removePersonRoute, { parameters: { id }, cookie });
const me = (cookie: string) => ask(context, readMeRoute, { cookie });
const audited = async (action: string) =>
  database.db.selectFrom("audit").selectAll().where("action", "=", action).orderBy("id").execute();

describe("GET /api/v1/people", () => {
  it("200 with e-mails for admins, and for others only their own", async () => {
    const viewer = await signedIn(context, { teams: { payments: "editor" }, name: "Grace" });
    const seen = await ask(context, listPeopleRoute, { cookie: viewer.cookie });
    const byName = Object.fromEntries(
      seen.body.items.map((item: { name: string }) => [item.name, item]),
    );
    expect(byName.Grace).toMatchObject({
      email: "grace@example.com",
      teams: { payments: "editor" },
    });
    expect(byName.Ada).toMatchObject({
      email: null,
      issuers: null,
      lastSeenAt: null,
      role: "admin",
    });
    const all = await ask(context, listPeopleRoute, { cookie: admin.cookie });
    expect(all.body.items.map(({ email }: { email: string }) => email).sort()).toEqual([
      "ada@example.com",
      "grace@example.com",
    ]);
  });

  it("200 page by page", async () => {
    for (const days of [1, 2, 3]) await signedIn(daysLater(days), { name: `Day ${days}` });
    const names: string[] = [];
    let query = "limit=1";
    for (let pages = 0; pages < 4; pages += 1) {
      const { body } = await ask(context, listPeopleRoute, { query, cookie: admin.cookie });
      names.push(body.items[0].name);
      query = `limit=1&cursor=${body.nextCursor}`;
      if (pages === 3) expect(body.nextCursor).toBeNull();
    }
    expect(names).toEqual(["Day 3", "Day 2", "Day 1", "Ada"]);
  });
});

describe("PUT /api/v1/people/{id}", () => {
  it("200 and their next request has the new role", async () => {
    const { person, cookie } = await signedIn(context);
    const changed = await change(person.id, { role: "editor" });
    expect([changed.status, changed.body.role]).toEqual([200, "editor"]);
    expect((await me(cookie)).body).toMatchObject({ role: "editor", can: { write: true } });
    expect(await audited("person.changed")).toMatchObject([
      { actor: "Ada", subject: person.id, details: { role: "editor", formerly: "viewer" } },
    ]);
  });

  it("200 and whoever is disabled is out at once, for good", async () => {
    const { person, cookie } = await signedIn(context);
    expect((await change(person.id, { disabled: true })).body.disabled).toBe(true);
    expect((await me(cookie)).status).toBe(401);
    await change(person.id, { disabled: false });
    expect((await me(cookie)).status).toBe(401);
  });

  it("200 and the invitations of whoever is no admin any more hold no longer", async () => {
    const other = await signedIn(context, { role: "admin" });
    const body = { note: "Grace" };
    const { id, address } = (await ask(context, inviteRoute, { body, cookie: other.cookie })).body;
    await change(other.person.id, { role: "viewer" });
    expect((await accept(tokenOf(address))).status).toBe(410);
    expect(await audited("invitation.withdrawn")).toMatchObject([
      { actor: "Ada", subject: id, details: { note: "Grace", invitedBy: other.person.id } },
    ]);
  });

  it("200 without a change leaves everything, the audit too, as it is; 404 for nobody", async () => {
    const { person } = await signedIn(context, { role: "editor" });
    const { status, body } = await change(person.id, {});
    expect([status, body.role]).toEqual([200, "editor"]);
    expect(await audited("person.changed")).toEqual([]);
    expect((await change("nobody", {})).status).toBe(404);
  });

  it("409 for the last admin, disabled ones not counted, and nothing changes", async () => {
    const disabled = await signedIn(context, { role: "admin" });
    await change(disabled.person.id, { disabled: true });
    for (const body of [{ role: "editor" }, { disabled: true }])
      expect((await change(admin.person.id, body)).body).toMatchObject({
        status: 409,
        code: "last_admin",
      });
    expect((await remove(admin.person.id)).body.code).toBe("last_admin");
    expect((await me(admin.cookie)).body.role).toBe("admin");
  });

  it("one of two admins who demote or remove each other at once stays, the other is refused", async () => {
    for (let round = 0; round < 5; round += 1) {
      const other = await signedIn(context, { role: "admin" });
      const answers = await Promise.all([
        change(admin.person.id, { role: "viewer" }, other.cookie),
        round % 2 === 0
          ? change(other.person.id, { disabled: true }, admin.cookie)
          : remove(other.person.id, admin.cookie),
      ]);
      // 409 where both asked as admins; whoever asked a moment later was none any more.
      const [taken, refused = 0] = answers.map(({ status }) => status).sort();
      expect(taken).toBe(200);
      expect([401, 403, 409]).toContain(refused);
      if (answers[0]?.status === 200) admin = other;
    }
  });

  it("403 for an editor, 404 for nobody, 400 for what is no role", async () => {
    const editor = await signedIn(context, { role: "editor" });
    expect((await change(admin.person.id, { role: "viewer" }, editor.cookie)).status).toBe(403);
    expect((await change("nobody", { role: "viewer" })).status).toBe(404);
    expect((await change(editor.person.id, { role: "owner" })).status).toBe(400);
  });
});

describe("DELETE /api/v1/people/{id}", () => {
  it("200 with sessions, teams and ways in gone, and the audit kept", async () => {
    const { person, cookie } = await signedIn(context, { teams: { payments: "admin" } });
    expect((await remove(person.id)).status).toBe(200);
    expect((await me(cookie)).status).toBe(401);
    expect(await database.db.selectFrom("team_members").selectAll().execute()).toEqual([]);
    expect(await audited("person.removed")).toMatchObject([{ subject: person.id, actor: "Ada" }]);
    expect((await remove(person.id)).status).toBe(404);
  });

  it("200 for their sessions alone", async () => {
    const { person, cookie } = await signedIn(context);
    const parameters = { id: person.id };
    const ended = await ask(context, endSessionsOfRoute, { parameters, cookie: admin.cookie });
    expect(ended.body).toEqual({ ended: 1 });
    expect((await me(cookie)).status).toBe(401);
  });
});

describe("PUT /api/v1/teams/{name}/members/{person}", () => {
  const setMember = (name: string, person: string, role: Role | null, cookie: string) =>
    ask(context, changeMemberRoute, { parameters: { name, person }, body: { role }, cookie });

  it("200 by the team's own admin, in and out again", async () => {
    const lead = await signedIn(context, { teams: { payments: "admin" } });
    const { person, cookie } = await signedIn(context);
    expect((await setMember("payments", person.id, "editor", lead.cookie)).status).toBe(200);
    expect((await me(cookie)).body).toMatchObject({
      teams: { payments: "editor" },
      can: { write: true, manage: false },
    });
    await setMember("payments", person.id, null, lead.cookie);
    expect((await me(cookie)).body.teams).toEqual({});
    expect((await audited("team.member_changed")).map(({ details }) => details)).toMatchObject([
      { role: "editor", formerly: null },
      { role: null, formerly: "editor" },
    ]);
  });

  it("403 by another team's admin, 404 for no such team or person", async () => {
    const lead = await signedIn(context, { teams: { payments: "admin" } });
    expect((await setMember("storefront", lead.person.id, "admin", lead.cookie)).status).toBe(403);
    expect((await setMember("ghosts", lead.person.id, "admin", admin.cookie)).status).toBe(404);
    expect((await setMember("payments", "nobody", "viewer", lead.cookie)).status).toBe(404);
  });
});

const tokenOf = (address: string) => new URL(address).hash.slice(1);
const newcomer = { name: "Grace", email: "grace@example.com", password: "quince marmalade" };
const accept = (token: string, changes: object = {}, at = context) =>
  ask(at, acceptInvitationRoute, { body: { token, ...newcomer, ...changes } });

describe("an invitation", () => {
  const invite = async (body: object = {}) =>
    (await ask(context, inviteRoute, { body, cookie: admin.cookie })).body;
  const listed = async (at = context) =>
    (await ask(at, listInvitationsRoute, { cookie: admin.cookie })).body.items;

  it("says what it gives, and gives it once", async () => {
    const given = { note: "Grace, on-call", role: "viewer", teams: { payments: "editor" } };
    const { address } = await invite(given);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:3000\/invitation#[\w-]{43}$/);
    const found = await ask(context, findInvitationRoute, { body: { token: tokenOf(address) } });
    expect(found.body).toEqual({
      ...given,
      invitedBy: "Ada",
      expiresAt: "2026-11-28T12:00:00.000Z",
    });
    const accepted = await accept(tokenOf(address));
    expect(accepted.status).toBe(201);
    expect((await me(accepted.cookie)).body).toMatchObject({
      name: "Grace",
      role: "viewer",
      teams: { payments: "editor" },
    });
    expect((await accept(tokenOf(address), { email: "another@example.com" })).status).toBe(410);
    expect(await listed()).toMatchObject([{ state: "accepted", note: "Grace, on-call" }]);
    expect(await audited("invitation.accepted")).toMatchObject([{ actor: "Grace" }]);
  });

  it("is taken up by exactly one of ten at once", async () => {
    const { address } = await invite();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        accept(tokenOf(address), { email: `try${index}@example.com` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(410)]);
  });

  it("409 for an e-mail that has an account, and still holds", async () => {
    const [first, second] = [await invite(), await invite()];
    await accept(tokenOf(first.address));
    const taken = await accept(tokenOf(second.address), { email: "GRACE@example.com" });
    expect(taken.body).toMatchObject({ status: 409, code: "name_taken", field: "email" });
    const other = { email: "hopper@example.com" };
    expect((await accept(tokenOf(second.address), other)).status).toBe(201);
  });

  it("410 after 7 days, when withdrawn, and for a token that never was", async () => {
    const [late, withdrawn] = [await invite(), await invite()];
    const parameters = { id: withdrawn.id };
    await ask(context, withdrawInvitationRoute, { parameters, cookie: admin.cookie });
    expect((await accept(tokenOf(late.address), {}, daysLater(7))).status).toBe(410);
    expect((await accept(tokenOf(withdrawn.address))).status).toBe(410);
    expect((await accept("A".repeat(43))).status).toBe(410);
    const found = await ask(context, findInvitationRoute, {
      body: { token: tokenOf(withdrawn.address) },
    });
    expect(found.status).toBe(410);
    const states = (await listed(daysLater(6))).map(({ state }: { state: string }) => state);
    expect(states.sort()).toEqual(["open", "withdrawn"]);
  });

  it("400 for a team that is not there", async () => {
    const refused = await invite({ teams: { ghosts: "viewer" } });
    expect(refused).toMatchObject({ status: 400, field: "teams.ghosts" });
  });

  it("still tells who made it when they are gone", async () => {
    const other = await signedIn(context, { role: "admin", name: "Grace" });
    await ask(context, inviteRoute, { body: {}, cookie: other.cookie });
    await remove(other.person.id);
    expect(await listed()).toMatchObject([{ invitedBy: "Grace", state: "withdrawn" }]);
  });
});
