import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { signedIn } from "@/lib/auth/testing";
import { holdSettings } from "@/lib/settings/change-settings";
import { onlyNew, type SettingsServer, settingsServer } from "@/lib/settings/testing";

let server: SettingsServer;
beforeAll(async () => {
  server = await settingsServer({ file: { teams: [{ name: "of-file", timezone: "UTC" }] } });
});
afterAll(() => server.close());

const listed = async (name: string) =>
  (await server.ask("GET", "/teams")).body.items.find(
    (team: { name: string }) => team.name === name,
  );

describe("PUT and DELETE /api/v1/teams/{name}", () => {
  it("200 with a team that is there at once, and another time zone afterwards", async () => {
    const made = await server.ask("PUT", "/teams/payments", { timezone: "Europe/Berlin" });
    expect(made).toMatchObject({
      status: 200,
      body: { name: "payments", timezone: "Europe/Berlin", provisioned: false, members: [] },
    });
    expect(await listed("payments")).toEqual(made.body);
    await server.ask("PUT", "/teams/payments", {});
    expect(await listed("payments")).toMatchObject({ timezone: "UTC" });
  });

  it("409 for a name that is taken where only a new one is asked for, and nothing of it changes", async () => {
    const taken = await server.ask("PUT", "/teams/payments", { timezone: "Asia/Tokyo" }, onlyNew);
    expect(taken).toMatchObject({ status: 409, body: { code: "name_taken", field: "name" } });
    expect(await listed("payments")).toMatchObject({ timezone: "UTC" });
    expect((await server.ask("PUT", "/teams/fresh", {}, onlyNew)).status).toBe(200);
    const ofFile = await server.ask("PUT", "/teams/of-file", {}, onlyNew);
    expect(ofFile.body.code).toBe("provisioned");
  });

  it("lists who is in it, and forgets them with it", async () => {
    const { person } = await signedIn(server.context, {
      name: "Ana",
      teams: { payments: "admin" },
    });
    expect((await listed("payments")).members).toEqual([
      { person: person.id, name: "Ana", role: "admin" },
    ]);
    expect(await server.ask("DELETE", "/teams/payments")).toMatchObject({ status: 200 });
    expect(await listed("payments")).toBeUndefined();
    await server.ask("PUT", "/teams/payments", {});
    expect((await listed("payments")).members).toEqual([]);
  });

  it("409 for one that is in use, told by what", async () => {
    await server.ask("PUT", "/service-rules/checkout", { repository: null, team: "payments" });
    const reach = { kind: "team", name: "payments" };
    const token = await server.ask("POST", "/tokens", { name: "ci", scopes: ["read"], reach });
    const refused = await server.ask("DELETE", "/teams/payments");
    expect(refused).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect(refused.body.detail).toMatch(/service checkout, token ci/);
    await server.ask("DELETE", "/service-rules/checkout");
    await server.ask("DELETE", `/tokens/${token.body.token.id}`);
    expect((await server.ask("DELETE", "/teams/payments")).status).toBe(200);
  });

  it("409 for a team of pushline.yaml, 404 for none, 400 for no time zone", async () => {
    for (const method of ["PUT", "DELETE"])
      expect(
        await server.ask(method, "/teams/of-file", method === "PUT" ? {} : undefined),
      ).toMatchObject({
        status: 409,
        body: { code: "provisioned" },
      });
    expect((await server.ask("DELETE", "/teams/nobody")).status).toBe(404);
    const nowhere = await server.ask("PUT", "/teams/search", { timezone: "Nowhere/City" });
    expect(nowhere).toMatchObject({ status: 400, body: { field: "timezone" } });
  });

  it("takes nobody over from a team of this name that pushline.yaml had", async () => {
    const { person, cookie } = await signedIn(server.context, { teams: { gone: "admin" } });
    const me = async () => (await server.ask("GET", "/me", undefined, { cookie })).body;
    expect(await me()).toMatchObject({ teams: {}, can: { manage: false } });
    const own = `/teams/gone/members/${person.id}`;
    const joined = await server.ask("PUT", own, { role: "admin" }, { cookie });
    expect(joined.status).toBe(403);
    expect((await server.ask("PUT", "/teams/gone", {})).body.members).toEqual([]);
    expect((await me()).teams).toEqual({});
    await server.ask("PUT", own, { role: "editor" });
    await server.ask("PUT", "/teams/gone", { timezone: "Europe/Berlin" });
    expect((await me()).teams).toEqual({ gone: "editor" });
  });

  it("404 for a member whom a team is given while it is being removed", async () => {
    const { db } = server.database;
    const { person } = await signedIn(server.context);
    await server.ask("PUT", "/teams/brief", {});
    const joining = await db.transaction().execute(async (trx) => {
      await holdSettings(trx);
      const asked = server.ask("PUT", `/teams/brief/members/${person.id}`, { role: "admin" });
      // Without the lock it is answered now, and the member stays behind.
      await vi.waitUntil(() => isWaiting(db), { timeout: 5_000, interval: 20 });
      await trx.deleteFrom("configured_teams").where("name", "=", "brief").execute();
      return { asked };
    });
    expect((await joining.asked).status).toBe(404);
    const left = db.selectFrom("team_members").selectAll().where("team", "=", "brief");
    expect(await left.execute()).toEqual([]);
  });
});

async function isWaiting(db: SettingsServer["database"]["db"]): Promise<boolean> {
  const { rows } = await sql`
    select from pg_locks l
    where l.locktype = 'advisory' and not l.granted
      and l.database = (select oid from pg_database where datname = current_database())`.execute(
    db,
  );
  return rows.length > 0;
}
